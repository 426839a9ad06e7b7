/// Owns the memory of a plant's state: allocated while the plant is built, freed with it, never in between.
///
/// State lives behind plain pointers so that a step neither allocates nor counts references nor checks for overlapping
/// access; only trivially copyable values may be put here.
final class Storage {
    private var blocks: [UnsafeMutableRawPointer] = []

    /// Room for `count` values, each `initial`. At least one is allocated, so that the pointer is always real.
    func make<Element: BitwiseCopyable>(_ count: Int, of initial: Element) -> UnsafeMutablePointer<Element> {
        let pointer = UnsafeMutablePointer<Element>.allocate(capacity: Swift.max(1, count))
        pointer.initialize(repeating: initial, count: Swift.max(1, count))
        blocks.append(UnsafeMutableRawPointer(pointer))
        return pointer
    }

    func make<Element: BitwiseCopyable>(copying elements: [Element]) -> UnsafeMutablePointer<Element> {
        let pointer = UnsafeMutablePointer<Element>.allocate(capacity: Swift.max(1, elements.count))
        for (index, element) in elements.enumerated() { (pointer + index).initialize(to: element) }
        blocks.append(UnsafeMutableRawPointer(pointer))
        return pointer
    }

    deinit {
        for block in blocks { block.deallocate() }
    }
}
