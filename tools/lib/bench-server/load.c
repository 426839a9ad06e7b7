/* Load for Modbus TCP servers: a number of connections, each with one request under way (function 3), for a while.
 *
 *   load HOST PORT CONNECTIONS SECONDS SERVER-PROCESS [REGISTERS [UNITS [ADDRESSES]]]
 *
 * CONNECTIONS are spread over ADDRESSES neighbouring IPv4 addresses from HOST on, all with the same port; each connection
 * asks the units 1 to UNITS in turn. Every answer is compared with its request: transaction, unit, function, length. A
 * third of a second passes before anything counts. Prints one line: requests per second, processor time of the server
 * per request (user and system, from its own process clock), and the latency's percentiles, all times in microseconds.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { most_connections = 4096, octets_of_request = 12, longest_answer = 260, histogram_size = 1 << 20 };

struct connection {
    int descriptor;
    unsigned transaction;
    int unit;
    int received;
    int64_t asked;
    unsigned char answer[longest_answer];
};

static struct connection connections[most_connections];
/* Answers by latency in steps of 100 ns; the last also holds what is above. */
static uint32_t histogram[histogram_size];
static int registers = 60;
static int units = 1;

static void fail(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, errno ? strerror(errno) : "not as asked");
    exit(1);
}

static int64_t now(clockid_t clock) {
    struct timespec time;
    if (clock_gettime(clock, &time) != 0) fail("read a clock");
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* User and system time of a process in clock ticks: the shares of the two. */
static void ticks(long process, long *user, long *system) {
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%ld/stat", process);
    FILE *file = fopen(path, "r");
    if (!file || !fgets(line, sizeof line, file)) fail(path);
    fclose(file);
    char *rest = strrchr(line, ')');
    if (!rest || sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", user, system) != 2) fail(path);
}

static void ask(struct connection *connection) {
    unsigned char request[octets_of_request] = {0, 0, 0, 0, 0, 6, 0, 3, 0, 0, 0, 0};
    connection->transaction = (connection->transaction + 1) & 0xFFFF;
    connection->unit = connection->unit % units + 1;
    connection->received = 0;
    request[0] = (unsigned char)(connection->transaction >> 8);
    request[1] = (unsigned char)connection->transaction;
    request[6] = (unsigned char)connection->unit;
    request[11] = (unsigned char)registers;
    connection->asked = now(CLOCK_MONOTONIC);
    if (write(connection->descriptor, request, sizeof request) != (ssize_t)sizeof request) fail("send a request");
}

/* Takes what has come; 1 when the answer is whole. */
static int hear(struct connection *connection) {
    int whole = 9 + 2 * registers;
    ssize_t count = read(connection->descriptor, connection->answer + connection->received,
                         (size_t)(whole - connection->received));
    if (count <= 0) fail("receive an answer");
    connection->received += (int)count;
    if (connection->received >= 8 && connection->answer[7] != 3) {
        errno = 0;
        fprintf(stderr, "load: unit %d answered with exception %d\n", connection->unit, connection->answer[8]);
        exit(1);
    }
    if (connection->received < whole) return 0;
    const unsigned char *answer = connection->answer;
    errno = 0;
    if ((unsigned)(answer[0] << 8 | answer[1]) != connection->transaction || answer[6] != connection->unit ||
        answer[8] != 2 * registers)
        fail("an answer");
    return 1;
}

static double percentile(uint64_t total, double share) {
    uint64_t wanted = (uint64_t)((double)total * share), seen = 0;
    for (int step = 0; step < histogram_size; step++) {
        seen += histogram[step];
        if (seen > wanted) return step / 10.0;
    }
    return histogram_size / 10.0;
}

int main(int count, char **arguments) {
    if (count < 6) {
        fprintf(stderr, "load HOST PORT CONNECTIONS SECONDS SERVER-PROCESS [REGISTERS [UNITS [ADDRESSES]]]\n");
        return 64;
    }
    int port = atoi(arguments[2]), wanted = atoi(arguments[3]);
    double seconds = atof(arguments[4]);
    long process = atol(arguments[5]);
    if (count > 6) registers = atoi(arguments[6]);
    if (count > 7) units = atoi(arguments[7]);
    int addresses = count > 8 ? atoi(arguments[8]) : 1;
    if (wanted < 1 || wanted > most_connections || registers < 1 || registers > 125 || units < 1 || units > 255) return 64;
    clockid_t clock;
    if ((errno = clock_getcpuclockid((pid_t)process, &clock)) != 0) fail("find the server's clock");

    int queue = epoll_create1(0);
    if (queue < 0) fail("make an epoll queue");
    for (int index = 0; index < wanted; index++) {
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
        if (inet_pton(AF_INET, arguments[1], &address.sin_addr) != 1) fail(arguments[1]);
        address.sin_addr.s_addr = htonl(ntohl(address.sin_addr.s_addr) + (uint32_t)(index % addresses));
        int descriptor = socket(AF_INET, SOCK_STREAM, 0), on = 1;
        if (descriptor < 0 || connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connections[index].descriptor = descriptor;
        /* Not all at the same unit. */
        connections[index].unit = index * 7 % units;
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)index};
        if (epoll_ctl(queue, EPOLL_CTL_ADD, descriptor, &event) != 0) fail("watch a connection");
    }
    for (int index = 0; index < wanted; index++) ask(&connections[index]);

    int64_t begin = now(CLOCK_MONOTONIC) + 333000000, end = begin + (int64_t)(seconds * 1e9);
    int64_t spent = 0, instant = 0;
    long user = 0, system = 0, user_end, system_end;
    uint64_t requests = 0;
    int isCounting = 0;
    while (instant < end) {
        struct epoll_event events[256];
        int ready = epoll_wait(queue, events, 256, 5000);
        if (ready == 0) errno = ETIMEDOUT;
        if (ready <= 0) fail("wait for answers");
        for (int index = 0; index < ready; index++) {
            struct connection *connection = &connections[events[index].data.u32];
            if (!hear(connection)) continue;
            instant = now(CLOCK_MONOTONIC);
            if (isCounting) {
                int64_t step = (instant - connection->asked) / 100;
                histogram[step < histogram_size ? step : histogram_size - 1]++;
                requests++;
            } else if (instant >= begin) {
                isCounting = 1;
                begin = instant;
                end = begin + (int64_t)(seconds * 1e9);
                spent = now(clock);
                ticks(process, &user, &system);
            }
            ask(connection);
        }
    }
    spent = now(clock) - spent;
    ticks(process, &user_end, &system_end);
    user = user_end - user;
    system = system_end - system;
    double each = (double)spent / 1000.0 / (double)requests;
    double share = user + system > 0 ? (double)user / (double)(user + system) : 0;
    printf("%.0f %.3f %.3f %.3f %.1f %.1f %.1f\n", (double)requests * 1e9 / (double)(instant - begin), each, each * share,
           each * (1 - share), percentile(requests, 0.5), percentile(requests, 0.99), percentile(requests, 0.999));
    return 0;
}
