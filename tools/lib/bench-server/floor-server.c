/* The floor: what the system calls cost. epoll, one read and one write per request, and no more codec than function 3
 * over 100 registers needs.
 *
 *   floor-server PORT      prints "ready" when it listens on 127.0.0.1
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static uint16_t registers[100];

/* The answer's length; 0 closes the connection. A request comes in one piece from the load that this server is for. */
static int answer(const unsigned char *request, ssize_t length, unsigned char *reply) {
    if (length != 12 || request[2] || request[3] || request[4] || request[5] != 6) return 0;
    int address = request[8] << 8 | request[9], count = request[10] << 8 | request[11];
    memcpy(reply, request, 8);
    if (request[7] != 3 || count < 1 || count > 125 || address + count > 100) {
        reply[5] = 3;
        reply[7] = request[7] | 0x80;
        reply[8] = request[7] != 3 ? 1 : count < 1 || count > 125 ? 3 : 2;
        return 9;
    }
    reply[5] = (unsigned char)(3 + 2 * count);
    reply[8] = (unsigned char)(2 * count);
    for (int index = 0; index < count; index++) {
        reply[9 + 2 * index] = (unsigned char)(registers[address + index] >> 8);
        reply[10 + 2 * index] = (unsigned char)registers[address + index];
    }
    return 9 + 2 * count;
}

int main(int count, char **arguments) {
    if (count < 2) return 64;
    for (int index = 0; index < 100; index++) registers[index] = (uint16_t)(index + 1);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1, queue = epoll_create1(0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 256) != 0) {
        perror("floor-server");
        return 1;
    }
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(queue, EPOLL_CTL_ADD, listener, &event);
    puts("ready");
    fflush(stdout);
    for (;;) {
        struct epoll_event events[64];
        int ready = epoll_wait(queue, events, 64, -1);
        for (int index = 0; index < ready; index++) {
            int descriptor = events[index].data.fd;
            if (descriptor == listener) {
                int accepted = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
                if (accepted < 0) continue;
                setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                struct epoll_event watched = {.events = EPOLLIN, .data.fd = accepted};
                epoll_ctl(queue, EPOLL_CTL_ADD, accepted, &watched);
                continue;
            }
            unsigned char request[2048], reply[260];
            ssize_t length = read(descriptor, request, sizeof request);
            int octets = length > 0 ? answer(request, length, reply) : 0;
            if (octets == 0 || write(descriptor, reply, (size_t)octets) != octets) close(descriptor);
        }
    }
}
