import RunRecords
import Testing

private func digest(_ mixing: (inout TraceDigest) -> Void) -> TraceDigest {
    var digest = TraceDigest()
    mixing(&digest)
    return digest
}

@Suite struct TraceDigestTests {
    /// Computed once with an independent program; a change here makes every recorded digest worthless.
    @Test func `the digest of known traces is frozen`() {
        #expect(digest { _ in }.hexadecimal == "730b406d5680a2b7")
        #expect(digest { $0.mix(1) }.hexadecimal == "c4c8edc774b682a9")
        #expect(digest { $0.mix("rack.power") }.hexadecimal == "45dce3f694118410")
        #expect(digest { $0.mix(27_500.5) }.hexadecimal == "12c863ebc943d879")
        let octets: [UInt8] = [0x10, 0x03, 0x00, 0x00, 0x00, 0x02, 0xC7, 0x4A]
        #expect(digest { digest in octets.withUnsafeBytes { digest.mix($0) } }.hexadecimal == "5f28c67147833547")
    }

    @Test func `order, boundaries and trailing zeros all count`() {
        let traces = [
            digest {
                $0.mix(1); $0.mix(2)
            },
            digest {
                $0.mix(2); $0.mix(1)
            },
            digest {
                $0.mix("ab"); $0.mix("c")
            },
            digest {
                $0.mix("a"); $0.mix("bc")
            }, digest { $0.mix("abc") },
            digest { $0.mix("abc\0") }, digest { $0.mix("") }, digest { _ in },
        ]
        #expect(Set(traces.map(\.value)).count == traces.count)
    }

    @Test func `every single-bit flip of a frame changes the digest`() {
        let frame: [UInt8] = [0x10, 0x03, 0x04, 0x00, 0x01, 0x00, 0x02, 0x2B, 0x33]
        let original = digest { digest in frame.withUnsafeBytes { digest.mix($0) } }
        for bit in 0..<frame.count * 8 {
            var flipped = frame
            flipped[bit / 8] ^= 1 << (bit % 8)
            #expect(digest { digest in flipped.withUnsafeBytes { digest.mix($0) } } != original)
        }
    }

    @Test func `an unaligned view gives the digest of its octets`() {
        let padded: [UInt8] = [0xFF] + Array(1...17)
        let view = digest { digest in padded.withUnsafeBytes { digest.mix(UnsafeRawBufferPointer(rebasing: $0[1...])) }
        }
        let copy = digest { digest in Array(padded[1...]).withUnsafeBytes { digest.mix($0) } }
        #expect(view == copy)
    }

    @Test func `every not-a-number is the same value`() {
        #expect(digest { $0.mix(Double.nan) } == digest { $0.mix(Double(nan: 5, signaling: false)) })
    }

    @Test func `the text is sixteen digits even where the value is small`() {
        for word in 0..<2_000 {
            #expect(digest { $0.mix(word) }.hexadecimal.utf8.count == 16)
        }
    }
}
