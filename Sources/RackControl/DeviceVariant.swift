import DeviceSpecs
import Units

/// One of the device types that may stand at a device's address, as the controller reads and arms it.
struct DeviceVariant {
    var deviceClass: DeviceClass?
    /// Into the controller's spans, readings and arming settings.
    var spans: Range<Int>
    var readings: Range<Int>
    var settings: Range<Int>
    var identity: IdentityCheck
    var points: DevicePoints
    /// From the end of a request to the first octet of the answer.
    var turnaround: Interval
    var model: ShortText
}

extension DeviceRecord {
    /// Goes by another type's map from here on.
    mutating func adopt(_ variant: DeviceVariant, number: Int) {
        self.variant = number
        deviceClass = variant.deviceClass
        spans = variant.spans
        readings = variant.readings
        settings = variant.settings
        identity = variant.identity
        points = variant.points
    }
}
