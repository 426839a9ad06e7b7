/// All workloads of the rack: what each tray is asked to do, decided once per workload step.
struct WorkloadBank: BitwiseCopyable {
    private struct Profile: BitwiseCopyable {
        var workload: ProfileWorkload
        let trays: UnsafeMutablePointer<Int>
        let count: Int
    }

    private let profiles: UnsafeMutablePointer<Profile>
    private let profileCount: Int
    private let trainings: UnsafeMutablePointer<TrainingWorkload>
    private let trainingCount: Int
    private let inferences: UnsafeMutablePointer<InferenceWorkload>
    private let inferenceCount: Int
    /// Trays without accelerators: switches, whose traffic follows the mean load of the others.
    private let followers: UnsafeMutablePointer<Int>
    private let followerCount: Int
    private let leaders: UnsafeMutablePointer<Int>
    private let leaderCount: Int
    private let bank: TrayBank
    private let step: Double

    init(
        _ assignments: [(trays: [Int], workload: WorkloadConfiguration)], step: Double, seed: UInt64,
        trays bank: TrayBank,
        log: EventLog, in storage: Storage
    ) {
        self.bank = bank
        self.step = step
        var profiles: [Profile] = []
        var trainings: [TrainingWorkload] = []
        var inferences: [InferenceWorkload] = []
        for (index, assignment) in assignments.enumerated() {
            for tray in assignment.trays { precondition(tray >= 0 && tray < bank.count, "there is no tray \(tray)") }
            let trays = assignment.trays.filter { bank.trays[$0].acceleratorCount > 0 }
            switch assignment.workload {
            case .training(let training):
                trainings.append(TrainingWorkload(training, trays: trays, seed: seed, index: index, in: storage))
            case .inference(let inference):
                inferences.append(InferenceWorkload(inference, trays: trays, log: log, in: storage))
            default:
                guard let workload = ProfileWorkload(assignment.workload, in: storage) else { continue }
                profiles.append(
                    Profile(workload: workload, trays: storage.make(copying: trays), count: trays.count))
            }
        }
        self.profiles = storage.make(copying: profiles)
        profileCount = profiles.count
        self.trainings = storage.make(copying: trainings)
        trainingCount = trainings.count
        self.inferences = storage.make(copying: inferences)
        inferenceCount = inferences.count
        let switches = (0..<bank.count).filter { bank.trays[$0].acceleratorCount == 0 }
        let computers = (0..<bank.count).filter { bank.trays[$0].acceleratorCount > 0 }
        followers = storage.make(copying: switches)
        followerCount = switches.count
        leaders = storage.make(copying: computers)
        leaderCount = computers.count
    }

    /// Advances every workload by one workload step that ends at `time`, s.
    func advance(to time: Double) {
        for index in 0..<profileCount { follow(profiles + index, at: time) }
        for index in 0..<trainingCount { trainings[index].advance(step, bank: bank) }
        for index in 0..<inferenceCount { inferences[index].advance(step, bank: bank) }
        guard followerCount > 0 else { return }
        var load = 0.0
        for index in 0..<leaderCount where bank.isRunning(leaders[index]) {
            load += bank.trays[leaders[index]].load
        }
        for index in 0..<followerCount {
            bank.setLoad(leaderCount > 0 ? load / Double(leaderCount) : 0, tray: followers[index])
        }
    }

    private func follow(_ profile: UnsafeMutablePointer<Profile>, at time: Double) {
        let value = profile.pointee.workload.value(at: time)
        let isPower = profile.pointee.workload.isPower
        for index in 0..<profile.pointee.count {
            let tray = profile.pointee.trays[index]
            let state = bank.trays + tray
            var load = value
            if isPower {
                let rated = state.pointee.idlePower + state.pointee.dynamicPower
                load = (value * rated - state.pointee.idlePower) / max(1e-9, state.pointee.dynamicPower)
            }
            bank.setLoad(load, tray: tray)
            let wanted = state.pointee.load * step
            let speed = bank.isRunning(tray) ? state.pointee.throughput(at: state.pointee.load) : 0
            bank.count(work: wanted * speed, wanted: wanted, tray: tray)
        }
    }

    func setDemand(_ demand: Double) {
        let demand = min(1, max(0, demand))
        for index in 0..<profileCount { profiles[index].workload.setDemand(demand) }
        for index in 0..<inferenceCount { inferences[index].setDemand(demand) }
    }

    func restoreDemand() {
        for index in 0..<profileCount { profiles[index].workload.restoreDemand() }
        for index in 0..<inferenceCount { inferences[index].restoreDemand() }
    }

    var trainingSteps: Int {
        var steps = 0
        for index in 0..<trainingCount { steps += trainings[index].stepCount }
        return steps
    }

    var communicationStalls: Int {
        var stalls = 0
        for index in 0..<trainingCount { stalls += trainings[index].stallCount }
        return stalls
    }

    func inferenceTotals() -> InferenceTotals {
        var totals = InferenceTotals()
        for index in 0..<inferenceCount {
            let more = inferences[index].totals()
            totals.accepted += more.accepted
            totals.completed += more.completed
            totals.refused += more.refused
            totals.waiting += more.waiting
            totals.decoding += more.decoding
        }
        return totals
    }
}
