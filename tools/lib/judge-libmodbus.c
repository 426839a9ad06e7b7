/* Judges "busbar serve" with libmodbus's client: judge-libmodbus tcp HOST PORT | judge-libmodbus rtu PATH
 *
 * The line of judge-bench: units 1, 17, 247, 248, 251 and 255 with the map of judge-tables. Every function of libmodbus, every
 * exception that it has a name for, requests in a row and in a pipeline, clients that come and go. Prints "ok <claim>" or
 * "FAILED <claim>" per claim; exit code 1 when one does not hold. */

#include <errno.h>
#include <modbus.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT = 17, ABSENT = 99 };
/* Addresses of judge-tables. */
enum {
    STORE = 0x0000, STORE_COUNT = 256, WIDE = 0x0200, BOUNDED = 0x0204, READ_ONLY = 0x0205, WRITE_ONLY = 0x0207,
    LAST = 0xFFFF, NOWHERE = 0x5000, LOCKED_COIL = 0x1001, SIGNAL_COIL = 0x1000
};

static const char *framing;
static int failures;

static void claim(int holds, const char *text)
{
    if (holds)
        printf("ok libmodbus %s: %s\n", framing, text);
    else
        printf("FAILED libmodbus %s: %s (errno: %s)\n", framing, text, modbus_strerror(errno));
    failures += !holds;
    errno = 0;
}

/* The call failed, and for this reason. */
#define REFUSED(call, reason) (errno = 0, (call) == -1 && errno == (reason))

static modbus_t *connected(int count, char **words)
{
    modbus_t *client = strcmp(words[1], "tcp") == 0 && count == 4 ? modbus_new_tcp(words[2], atoi(words[3]))
                                                                  : modbus_new_rtu(words[2], 115200, 'N', 8, 1);
    if (client == NULL || modbus_connect(client) == -1) {
        fprintf(stderr, "judge-libmodbus: cannot connect to %s: %s\n", words[2], modbus_strerror(errno));
        exit(1);
    }
    modbus_set_slave(client, UNIT);
    modbus_set_response_timeout(client, 1, 0);
    return client;
}

static void words_and_bits(modbus_t *client)
{
    uint16_t written[125], read[125];
    uint8_t bits[2000], bits_read[2000];

    for (int i = 0; i < 125; i++) written[i] = 0x1000 + 257 * i;
    claim(modbus_write_registers(client, STORE, 123, written) == 123, "function 16, 123 registers");
    claim(modbus_read_registers(client, STORE, 123, read) == 123 && memcmp(read, written, 246) == 0,
          "function 3 reads what function 16 wrote");
    claim(modbus_read_registers(client, STORE, 125, read) == 125, "function 3, 125 registers");
    claim(modbus_write_register(client, STORE + 255, 0xBEEF) == 1 && modbus_read_registers(client, STORE + 255, 1, read) == 1
              && read[0] == 0xBEEF, "function 6");
    claim(modbus_write_register(client, LAST, 0x1234) == 1 && modbus_read_registers(client, LAST, 1, read) == 1
              && read[0] == 0x1234, "function 6 at address 65535");
    modbus_write_register(client, STORE, 0x0012);
    claim(modbus_mask_write_register(client, STORE, 0x00F2, 0x0025) != -1
              && modbus_read_registers(client, STORE, 1, read) == 1 && read[0] == 0x0017,
          "function 22, the example of the specification");
    claim(modbus_write_and_read_registers(client, STORE + 10, 121, written, STORE + 8, 125, read) == 125
              && memcmp(read + 2, written, 242) == 0, "function 23 writes first, then reads");
    claim(modbus_read_input_registers(client, 0, 125, read) == 125 && read[0] > 4000 && read[4] == 4660,
          "function 4, 125 registers, live voltage among them");

    for (int i = 0; i < 2000; i++) bits[i] = i % 3 == 0 || i % 7 == 2;
    claim(modbus_write_bits(client, 0, 1968, bits) == 1968, "function 15, 1968 coils");
    claim(modbus_read_bits(client, 0, 2000, bits_read) == 2000 && memcmp(bits, bits_read, 1968) == 0,
          "function 1, 2000 coils, as written");
    claim(modbus_write_bit(client, 5, 1) == 1 && modbus_read_bits(client, 5, 1, bits_read) == 1 && bits_read[0] == 1,
          "function 5, on");
    claim(modbus_write_bit(client, 5, 0) == 1 && modbus_read_bits(client, 5, 1, bits_read) == 1 && bits_read[0] == 0,
          "function 5, off");
    claim(modbus_write_bits(client, 3, 11, bits) == 11 && modbus_read_bits(client, 3, 11, bits_read) == 11
              && memcmp(bits, bits_read, 11) == 0, "functions 15 and 1, eleven coils across octets");
    claim(modbus_read_input_bits(client, 0, 24, bits_read) == 24 && bits_read[3] == 1 && bits_read[4] == 0,
          "function 2, 24 discrete inputs");
    claim(modbus_write_bit(client, SIGNAL_COIL, 1) == 1 && modbus_read_bits(client, SIGNAL_COIL, 1, bits_read) == 1
              && bits_read[0] == 1 && modbus_write_bit(client, SIGNAL_COIL, 0) == 1, "function 5 on a coil with a signal");

    /* By hand: modbus_set_float_abcd of libmodbus 3.1.6 swaps the octets that modbus_get_float_abcd expects. */
    uint16_t wide[2] = {0x4060, 0x0000};
    claim(modbus_write_registers(client, WIDE, 2, wide) == 2 && modbus_read_registers(client, WIDE, 2, read) == 2
              && modbus_get_float_abcd(read) == 3.5f, "a float in two registers");

    uint8_t identifier[MODBUS_MAX_PDU_LENGTH];
    int length = modbus_report_slave_id(client, sizeof identifier, identifier);
    claim(length > 2 && identifier[1] == 0xFF && memmem(identifier, length, "TABLES-1", 8) != NULL,
          "function 17: running, and its name");
}

static void refusals(modbus_t *client)
{
    uint16_t words[125] = {0};
    uint8_t bits[2000] = {0};

    claim(REFUSED(modbus_read_registers(client, NOWHERE, 1, words), EMBXILADD), "function 3 nowhere: illegal data address");
    claim(REFUSED(modbus_read_input_registers(client, NOWHERE, 1, words), EMBXILADD), "function 4 nowhere: illegal data address");
    claim(REFUSED(modbus_read_bits(client, NOWHERE, 1, bits), EMBXILADD), "function 1 nowhere: illegal data address");
    claim(REFUSED(modbus_read_input_bits(client, NOWHERE, 1, bits), EMBXILADD), "function 2 nowhere: illegal data address");
    claim(REFUSED(modbus_write_register(client, NOWHERE, 1), EMBXILADD), "function 6 nowhere: illegal data address");
    claim(REFUSED(modbus_write_registers(client, NOWHERE, 2, words), EMBXILADD), "function 16 nowhere: illegal data address");
    claim(REFUSED(modbus_write_bit(client, NOWHERE, 1), EMBXILADD), "function 5 nowhere: illegal data address");
    claim(REFUSED(modbus_write_bits(client, NOWHERE, 2, bits), EMBXILADD), "function 15 nowhere: illegal data address");
    claim(REFUSED(modbus_mask_write_register(client, NOWHERE, 1, 1), EMBXILADD), "function 22 nowhere: illegal data address");
    claim(REFUSED(modbus_write_and_read_registers(client, STORE, 1, words, NOWHERE, 1, words), EMBXILADD),
          "function 23 reading nowhere: illegal data address");
    claim(REFUSED(modbus_read_registers(client, LAST, 2, words), EMBXILADD), "function 3 beyond 65535: illegal data address");
    claim(REFUSED(modbus_read_registers(client, STORE + 200, 100, words), EMBXILADD), "function 3 over an edge: illegal data address");
    claim(REFUSED(modbus_write_register(client, READ_ONLY, 1), EMBXILADD), "function 6 to a read-only register: illegal data address");
    claim(REFUSED(modbus_write_bit(client, LOCKED_COIL, 0), EMBXILADD), "function 5 to a read-only coil: illegal data address");
    claim(REFUSED(modbus_read_registers(client, WRITE_ONLY, 1, words), EMBXILADD), "function 3 of a write-only register: illegal data address");
    claim(REFUSED(modbus_write_register(client, BOUNDED, 21), EMBXILVAL), "function 6 out of range: illegal data value");
    words[0] = 0x7777;
    claim(REFUSED(modbus_write_registers(client, READ_ONLY - 1, 2, words), EMBXILADD)
              && modbus_read_registers(client, BOUNDED, 1, words + 1) == 1 && words[1] != 0x7777,
          "function 16 that is refused for one register writes none");
}

static int raw(modbus_t *client, const uint8_t *request, int length, uint8_t *answer)
{
    if (modbus_send_raw_request(client, (uint8_t *)request, length) == -1) return -1;
    return modbus_receive_confirmation(client, answer);
}

/* A raw request's answer is this exception of this function. */
static int is_exception(modbus_t *client, const uint8_t *request, int length, int code)
{
    uint8_t answer[MODBUS_TCP_MAX_ADU_LENGTH];
    int head = modbus_get_header_length(client);
    int received = raw(client, request, length, answer);
    return received >= head + 2 && answer[head - 1] == request[0] && answer[head] == (request[1] | 0x80)
        && answer[head + 1] == code;
}

static void raw_refusals(modbus_t *client, int is_tcp)
{
    static const struct { int length, code; uint8_t request[16]; const char *text; } cases[] = {
        {6, 3, {UNIT, 3, 0, 0, 0, 0}, "raw: quantity 0 is an illegal data value"},
        {6, 3, {UNIT, 3, 0, 0, 0, 126}, "raw: quantity 126 is an illegal data value"},
        {6, 3, {UNIT, 1, 0, 0, 7, 209}, "raw: 2001 coils are an illegal data value"},
        {6, 3, {UNIT, 5, 0, 0, 0, 1}, "raw: a coil that is neither on nor off is an illegal data value"},
        {6, 2, {UNIT, 4, 0xFF, 0xFF, 0, 2}, "raw: a span beyond 65535 is an illegal data address"},
        {9, 3, {UNIT, 16, 0, 0, 0, 2, 2, 0, 1}, "raw: a byte count that contradicts is an illegal data value"},
        {2, 1, {UNIT, 11}, "raw: function 11, which no unit has, is an illegal function"},
        {2, 1, {UNIT, 12}, "raw: function 12, which no unit has, is an illegal function"},
        {2, 1, {UNIT, 0x41}, "raw: a user-defined function is an illegal function"},
        {6, 1, {UNIT, 8, 0, 2, 0, 0}, "raw: diagnostics sub-function 2 is an illegal function"},
        /* On RTU libmodbus does not hear what its own unit did not say. */
        {6, 1, {248, 8, 0, 20, 0, 0}, "raw: unit 248 answers, though libmodbus does not address it"},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof *cases - !is_tcp; i++)
        claim(is_exception(client, cases[i].request, cases[i].length, cases[i].code), cases[i].text);
}

static void absent_unit(modbus_t *client, int is_tcp)
{
    uint16_t word;
    modbus_set_slave(client, ABSENT);
    modbus_set_response_timeout(client, 0, 200000);
    if (is_tcp)
        claim(REFUSED(modbus_read_registers(client, STORE, 1, &word), EMBXGPATH), "an absent unit: gateway path unavailable");
    else
        claim(REFUSED(modbus_read_registers(client, STORE, 1, &word), ETIMEDOUT), "an absent unit: silence");
    modbus_set_slave(client, UNIT);
    claim(modbus_read_registers(client, STORE, 1, &word) == 1, "the request after it is answered");
    modbus_set_response_timeout(client, 1, 0);
}

/* libmodbus waits for an answer to a broadcast too, and must wait in vain. */
static void broadcast(modbus_t *client)
{
    static const int units[] = {1, UNIT, 247};
    uint16_t word;
    modbus_set_slave(client, MODBUS_BROADCAST_ADDRESS);
    modbus_set_response_timeout(client, 0, 150000);
    claim(REFUSED(modbus_write_register(client, STORE + 40, 0x4711), ETIMEDOUT), "a broadcast is not answered");
    claim(REFUSED(modbus_read_registers(client, STORE, 1, &word), ETIMEDOUT) || errno == EMBXGPATH,
          "nobody answers a broadcast that reads");
    modbus_set_response_timeout(client, 1, 0);
    for (unsigned i = 0; i < sizeof units / sizeof *units; i++) {
        modbus_set_slave(client, units[i]);
        claim(modbus_read_registers(client, STORE + 40, 1, &word) == 1 && word == 0x4711, "a broadcast reached the unit");
    }
    modbus_set_slave(client, UNIT);
}

static void pipeline(modbus_t *client)
{
    uint8_t answer[MODBUS_TCP_MAX_ADU_LENGTH];
    int in_order = 1;
    for (int i = 1; i <= 100; i++) {
        uint8_t request[6] = {UNIT, 3, 0, 0, 0, (uint8_t)i};
        in_order &= modbus_send_raw_request(client, request, 6) != -1;
    }
    for (int i = 1; i <= 100; i++)
        in_order &= modbus_receive_confirmation(client, answer) == 9 + 2 * i && answer[8] == 2 * i;
    claim(in_order, "a hundred pipelined raw requests are answered in order");
}

static void endurance(modbus_t *client, int requests)
{
    uint16_t words[60];
    char text[80];
    int answered = 0;
    for (int i = 0; i < requests; i++) answered += modbus_read_registers(client, STORE + i % 100, 60, words) == 60;
    snprintf(text, sizeof text, "%d requests in a row, %d answered", requests, answered);
    claim(answered == requests, text);
}

int main(int count, char **words)
{
    if (count < 3) return fprintf(stderr, "judge-libmodbus tcp HOST PORT | rtu PATH\n"), 64;
    int is_tcp = strcmp(words[1], "tcp") == 0;
    framing = is_tcp ? "TCP" : "pty";
    modbus_t *client = connected(count, words);
    words_and_bits(client);
    refusals(client);
    raw_refusals(client, is_tcp);
    absent_unit(client, is_tcp);
    broadcast(client);
    if (is_tcp) pipeline(client);
    endurance(client, 10000);
    modbus_close(client);
    modbus_free(client);

    int returned = 0;
    for (int i = 0; i < 200; i++) {
        uint16_t word;
        client = connected(count, words);
        returned += modbus_read_registers(client, STORE, 1, &word) == 1;
        modbus_close(client);
        modbus_free(client);
    }
    claim(returned == 200, "two hundred clients, one after the other");
    return failures > 0;
}
