// What a master does that takes the next frame for its answer: raw requests (libmodbus sends them all with transaction
// identifier 0) without a flush after a time-out. A judge of late answers that finds this one in order is blind.
//
//   naive PORT COUNT TIMEOUT
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments) {
    if (count != 4) return 64;
    modbus_t *context = modbus_new_tcp("127.0.0.1", atoi(arguments[1]));
    if (!context || modbus_connect(context) < 0) return 1;
    modbus_set_response_timeout(context, 0, atoi(arguments[3]) * 1000);
    int right = 0, wrong = 0, silent = 0;
    for (int number = 0; number < atoi(arguments[2]); number++) {
        int address = number * 7 % 900;
        uint8_t answer[MODBUS_TCP_MAX_ADU_LENGTH];
        uint8_t request[] = {17, MODBUS_FC_READ_HOLDING_REGISTERS, (uint8_t)(address >> 8), (uint8_t)address, 0, 2};
        modbus_send_raw_request(context, request, sizeof request);
        if (modbus_receive_confirmation(context, answer) != 13) silent++;
        else if ((answer[9] << 8 | answer[10]) == address) right++;
        else wrong++;
    }
    printf("right %d wrong %d timeouts %d\n", right, wrong, silent);
    return 0;
}
