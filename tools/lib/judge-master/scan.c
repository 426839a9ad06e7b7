// The same scan as "busbar-scan measure", as a C program would do it: a thread and a libmodbus context per connection,
// modbus_read_registers, all at once, until all have answered.
//
//   scan HOST PORT CHANNELS REGISTERS ROUNDS
#include <errno.h>
#include <modbus.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static pthread_barrier_t starts, ends;
static int registers, total_rounds;

static void *work(void *argument) {
    modbus_t *context = argument;
    uint16_t words[MODBUS_MAX_READ_REGISTERS];
    for (int round = 0; round < total_rounds; round++) {
        pthread_barrier_wait(&starts);
        if (modbus_read_registers(context, 0, registers, words) != registers) {
            fprintf(stderr, "scan: read: %s\n", modbus_strerror(errno));
            exit(1);
        }
        pthread_barrier_wait(&ends);
    }
    return NULL;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static int compare(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

int main(int count, char **arguments) {
    if (count != 6) return 64;
    int channels = atoi(arguments[3]), rounds = atoi(arguments[5]), warm_up = rounds / 10 + 1;
    registers = atoi(arguments[4]);
    total_rounds = rounds + warm_up;
    pthread_barrier_init(&starts, NULL, channels + 1);
    pthread_barrier_init(&ends, NULL, channels + 1);
    pthread_t *threads = calloc(channels, sizeof *threads);
    for (int index = 0; index < channels; index++) {
        modbus_t *context = modbus_new_tcp(arguments[1], atoi(arguments[2]));
        if (!context || modbus_connect(context) < 0) {
            fprintf(stderr, "scan: connect: %s\n", modbus_strerror(errno));
            return 1;
        }
        modbus_set_slave(context, 1);
        modbus_set_response_timeout(context, 2, 0);
        pthread_create(&threads[index], NULL, work, context);
    }
    double *durations = calloc(rounds, sizeof *durations);
    for (int round = 0; round < total_rounds; round++) {
        double start = now();
        pthread_barrier_wait(&starts);
        pthread_barrier_wait(&ends);
        if (round >= warm_up) durations[round - warm_up] = now() - start;
    }
    qsort(durations, rounds, sizeof *durations, compare);
    printf("libmodbus: median %.1f us, p99 %.1f us per scan of %d\n", durations[rounds / 2],
           durations[rounds * 99 / 100], channels);
    return 0;
}
