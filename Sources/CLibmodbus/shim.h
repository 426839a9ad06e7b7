// Debian's libmodbus-dev; LGPL-2.1-or-later, linked dynamically.
#include <errno.h>
#include <modbus.h>
