"""Judges how "busbar serve" treats clients that hurt: judge-raw.py TCP-PLACE

Raw octets to the BMC 48 of first-light, on a server that allows twenty connections: pipelines, halves, rubbish, crowds.
"""

import sys
import time

from judge_claims import claim, connected, exactly, finish, place

BMC = 48


def echo(number):
    return bytes([0, number, 0, 0, 0, 6, BMC, 8, 0, 0, 0xA5, number])


def pipelines_and_halves(address):
    halted = connected(*address)
    halted.sendall(echo(1)[:9])
    with connected(*address) as pipelining:
        requests = b"".join(echo(number) for number in range(50))
        pipelining.sendall(requests)
        claim("raw TCP: fifty pipelined requests are answered in order", exactly(pipelining, len(requests)) == requests)
    with connected(*address) as rubbish:
        rubbish.sendall(b"GET / HTTP/1.1\r\nHost: rack\r\n\r\n")
        answer = exactly(rubbish, 100)
        claim("raw TCP: what is no Modbus ends its connection without an answer", answer == b"", answer)
    with connected(*address) as slow:
        for octet in echo(7):
            slow.sendall(bytes([octet]))
            time.sleep(0.01)
        claim("raw TCP: one octet at a time is answered once", exactly(slow, 12) == echo(7))
    halted.sendall(echo(1)[9:])
    claim("raw TCP: a client that had halted goes on", exactly(halted, 12) == echo(1))
    halted.close()


def crowd(address):
    members = [connected(*address) for _ in range(20)]
    with connected(*address) as late:
        try:
            late.sendall(echo(1))
        except (ConnectionResetError, BrokenPipeError):
            pass
        answer = exactly(late, 12)
        claim("raw TCP: the connection beyond the limit is closed", answer == b"", answer)
    members[0].sendall(echo(2))
    claim("raw TCP: those within the limit are served", exactly(members[0], 12) == echo(2))
    for member in members:
        member.close()


def main():
    address = place(sys.argv[1])
    pipelines_and_halves(address)
    crowd(address)
    finish()


main()
