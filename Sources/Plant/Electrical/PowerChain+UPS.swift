/// The UPS in front of a feed.
extension PowerChain {
    /// Loads the feed's UPS for one step and follows what becomes of it.
    func loadUPS(_ index: Int) {
        let feed = feeds + index
        let ups = upses + index
        let next = ups.pointee.carry(feed.pointee.power, hasUtility: feed.pointee.hasUtility, step: step)
        guard next != ups.pointee.mode else { return }
        ups.pointee.enter(next)
        switch next {
        case .inverter: log.append(.upsBackOnInverter(feed: index))
        case .bypass: log.append(.upsBypassed(feed: index))
        case .off:
            feed.pointee.isSupplied = false
            log.append(.upsOff(feed: index))
            log.append(.feedLost(feed: index))
            unsettle(feed: index)
        }
    }

    /// The utility goes or comes back.
    func setUtility(_ isPresent: Bool, feed index: Int) {
        let feed = feeds + index
        guard feed.pointee.hasUtility != isPresent || (isPresent && !feed.pointee.isSupplied) else { return }
        feed.pointee.hasUtility = isPresent
        if feed.pointee.hasUPS {
            if !isPresent, upses[index].canRunOnBattery {
                log.append(.upsOnBattery(feed: index))
                return
            }
            if isPresent, feed.pointee.isSupplied {
                log.append(.upsBackOnUtility(feed: index))
                return
            }
            // Whoever brings the feed back switches its UPS on.
            if isPresent { upses[index].enter(.inverter) }
        }
        feed.pointee.isSupplied = isPresent
        log.append(isPresent ? .feedRestored(feed: index) : .feedLost(feed: index))
        unsettle(feed: index)
    }
}
