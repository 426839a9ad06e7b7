// A Modbus server on Debian's libmodbus, for judging the master: registers hold their own addresses.
//
//   device tcp PORT [LATE]          many connections, answers for every unit
//   device rtu PATH UNIT [LATE]     one unit on a serial line or pseudo-terminal
//
// LATE: one request in four is answered after 0 to LATE milliseconds, by a seeded sequence. Ends with its parent's signal, or
// by itself after 300 s.
#include <errno.h>
#include <modbus.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

enum { coils = 100, registers = 1000 };

static unsigned sequence = 12345;

static void be_late(int longest) {
    if (longest <= 0) return;
    sequence = sequence * 1103515245u + 12345u;
    if ((sequence >> 28) % 4 != 0) return;
    usleep((sequence >> 8) % (unsigned)(longest + 1) * 1000);
}

static int complain(const char *what) {
    fprintf(stderr, "device: %s: %s\n", what, modbus_strerror(errno));
    return 1;
}

static int serve_tcp(int port, int late, modbus_mapping_t *mapping) {
    modbus_t *context = modbus_new_tcp("127.0.0.1", port);
    int listener = context ? modbus_tcp_listen(context, 128) : -1;
    if (listener < 0) return complain("listen");
    printf("ready\n");
    fflush(stdout);
    fd_set open;
    FD_ZERO(&open);
    FD_SET(listener, &open);
    int last = listener;
    for (;;) {
        fd_set readable = open;
        if (select(last + 1, &readable, NULL, NULL, NULL) < 0) return complain("select");
        for (int socket = 0; socket <= last; socket++) {
            if (!FD_ISSET(socket, &readable)) continue;
            if (socket == listener) {
                int accepted = -1;
                if (modbus_tcp_accept(context, &listener) >= 0) accepted = modbus_get_socket(context);
                if (accepted < 0) continue;
                FD_SET(accepted, &open);
                if (accepted > last) last = accepted;
                continue;
            }
            uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
            modbus_set_socket(context, socket);
            int length = modbus_receive(context, request);
            if (length < 0) {
                close(socket);
                FD_CLR(socket, &open);
                continue;
            }
            be_late(late);
            modbus_reply(context, request, length, mapping);
        }
    }
}

static int serve_rtu(const char *path, int unit, int late, modbus_mapping_t *mapping) {
    modbus_t *context = modbus_new_rtu(path, 115200, 'N', 8, 1);
    if (!context || modbus_set_slave(context, unit) < 0 || modbus_connect(context) < 0) return complain(path);
    printf("ready\n");
    fflush(stdout);
    for (;;) {
        uint8_t request[MODBUS_RTU_MAX_ADU_LENGTH];
        int length = modbus_receive(context, request);
        if (length > 0) {
            be_late(late);
            modbus_reply(context, request, length, mapping);
        } else if (length < 0 && errno != EMBBADCRC && errno != ETIMEDOUT) {
            return complain("receive");
        }
    }
}

int main(int count, char **arguments) {
    signal(SIGPIPE, SIG_IGN);
    alarm(300);
    modbus_mapping_t *mapping = modbus_mapping_new(coils, coils, registers, registers);
    if (!mapping) return complain("mapping");
    for (int index = 0; index < registers; index++) {
        mapping->tab_registers[index] = (uint16_t)index;
        mapping->tab_input_registers[index] = (uint16_t)(index + 10000);
    }
    if (count >= 3 && !strcmp(arguments[1], "tcp"))
        return serve_tcp(atoi(arguments[2]), count > 3 ? atoi(arguments[3]) : 0, mapping);
    if (count >= 4 && !strcmp(arguments[1], "rtu"))
        return serve_rtu(arguments[2], atoi(arguments[3]), count > 4 ? atoi(arguments[4]) : 0, mapping);
    fprintf(stderr, "usage: device tcp PORT [LATE] | rtu PATH UNIT [LATE]\n");
    return 64;
}
