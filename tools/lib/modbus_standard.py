"""What the form of a request alone demands, by the Modbus application protocol V1.1b3, section 6: for a device with functions
1-8, 15-17, 20-24 and 43/14 that has neither files nor queues."""


def word(octets, position):
    return int.from_bytes(octets[position:position + 2], "big")


def _counted(pdu, position, quantity_at, limit, bits):
    if len(pdu) <= position:
        return False
    quantity = word(pdu, quantity_at)
    octets = (quantity + 7) // 8 if bits else 2 * quantity
    return 1 <= quantity <= limit and pdu[position] == octets and len(pdu) == position + 1 + octets


def _records(pdu):
    """Function 21: records that fill the byte count exactly."""
    if len(pdu) < 2 or not 9 <= pdu[1] <= 251 or len(pdu) != 2 + pdu[1]:
        return False
    position = 2
    while position + 7 <= len(pdu):
        position += 7 + 2 * word(pdu, position + 5)
    return position == len(pdu)


def _diagnostics(pdu):
    if len(pdu) < 3:
        return 3
    function = word(pdu, 1)
    if function == 0:
        return None if len(pdu) >= 5 and len(pdu) % 2 == 1 else 3
    if function == 1:
        return None if len(pdu) == 5 and word(pdu, 3) in (0, 0xFF00) else 3
    if function == 4 or 10 <= function <= 18:
        return None if len(pdu) == 5 and word(pdu, 3) == 0 else 3
    return 1


def _identification(pdu):
    if len(pdu) < 2:
        return 3
    if pdu[1] != 14:
        return 1
    return None if len(pdu) == 4 and 1 <= pdu[2] <= 4 else 3


def demanded_exception(pdu):
    """The exception code that is due whatever the map holds, or None."""
    function = pdu[0]
    if function in (1, 2):
        return None if len(pdu) == 5 and 1 <= word(pdu, 3) <= 2000 else 3
    if function in (3, 4):
        return None if len(pdu) == 5 and 1 <= word(pdu, 3) <= 125 else 3
    if function == 5:
        return None if len(pdu) == 5 and word(pdu, 3) in (0, 0xFF00) else 3
    if function == 8:
        return _diagnostics(pdu)
    if function == 15:
        return None if _counted(pdu, 5, 3, 1968, True) else 3
    if function == 16:
        return None if _counted(pdu, 5, 3, 123, False) else 3
    if function == 20:
        sound = len(pdu) >= 2 and 7 <= pdu[1] <= 245 and pdu[1] % 7 == 0 and len(pdu) == 2 + pdu[1]
        return 2 if sound else 3
    if function == 21:
        return 2 if _records(pdu) else 3
    if function == 23:
        return None if _counted(pdu, 9, 7, 121, False) and 1 <= word(pdu, 3) <= 125 else 3
    if function == 24:
        return 2 if len(pdu) == 3 else 3
    if function == 43:
        return _identification(pdu)
    lengths = {6: 5, 7: 1, 17: 1, 22: 7}
    if function in lengths:
        return None if len(pdu) == lengths[function] else 3
    return 1


def may_refuse_value(pdu):
    """Whether a value in a well-formed request may still be out of its register's range."""
    return pdu[0] in (6, 16, 22, 23)
