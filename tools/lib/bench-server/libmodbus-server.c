/* The measure: a plain server on libmodbus, one thread and a select loop, as in the library's own examples of use.
 *
 *   libmodbus-server PORT      prints "ready" when it listens on 127.0.0.1
 *
 * modbus_mapping holds 100 registers; every unit is answered, as libmodbus does on TCP.
 */
#include <errno.h>
#include <modbus/modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char **arguments) {
    if (count < 2) return 64;
    modbus_t *context = modbus_new_tcp("127.0.0.1", atoi(arguments[1]));
    modbus_mapping_t *mapping = modbus_mapping_new(0, 0, 100, 0);
    if (!context || !mapping) return 1;
    for (int index = 0; index < 100; index++) mapping->tab_registers[index] = (uint16_t)(index + 1);
    int listener = modbus_tcp_listen(context, 256);
    if (listener < 0) {
        fprintf(stderr, "libmodbus-server: %s\n", modbus_strerror(errno));
        return 1;
    }
    fd_set open_descriptors;
    FD_ZERO(&open_descriptors);
    FD_SET(listener, &open_descriptors);
    int greatest = listener;
    puts("ready");
    fflush(stdout);
    for (;;) {
        fd_set readable = open_descriptors;
        if (select(greatest + 1, &readable, NULL, NULL, NULL) < 0) return 1;
        for (int descriptor = 0; descriptor <= greatest; descriptor++) {
            if (!FD_ISSET(descriptor, &readable)) continue;
            if (descriptor == listener) {
                int accepted = modbus_tcp_accept(context, &listener);
                if (accepted < 0) continue;
                FD_SET(accepted, &open_descriptors);
                if (accepted > greatest) greatest = accepted;
                continue;
            }
            uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
            modbus_set_socket(context, descriptor);
            int length = modbus_receive(context, query);
            if (length > 0) {
                modbus_reply(context, query, length, mapping);
            } else if (length < 0) {
                close(descriptor);
                FD_CLR(descriptor, &open_descriptors);
            }
        }
    }
}
