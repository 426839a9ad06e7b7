public import Units

/// A step of a stepwise law: from this temperature on, this duty.
@frozen
public struct CoolingStep: Hashable, Sendable {
    public var from: Temperature
    public var duty: PerMille

    @inlinable public init(from: Temperature, duty: PerMille) {
        self.from = from
        self.duty = duty
    }
}

/// What a stepwise law remembers from one call to the next.
@frozen
public struct StepwiseState: Hashable, Sendable {
    /// The input by which the step in force was chosen.
    public var chosenAt: Temperature
    public var output: PerMille
    public var hasRun: Bool

    @inlinable public init(output: PerMille = .zero) {
        chosenAt = .zero
        self.output = output
        hasRun = false
    }
}

/// A staircase from a temperature to a duty, with hysteresis.
///
/// As the stepwise controller of OpenBMC's phosphor-pid-control: the step is chosen anew only once the input has risen by
/// more than one hysteresis, or fallen by more than the other, since it was last chosen. Below the first step its duty
/// holds. At most twenty steps, by rising temperature.
@frozen
public struct StepwiseLaw: Sendable {
    /// The limit of phosphor-pid-control.
    @inlinable public static var greatestCount: Int { 20 }

    @usableFromInline var steps: InlineArray<20, CoolingStep>
    public private(set) var count: Int
    public var rise: Temperature
    public var fall: Temperature

    /// How far the input must rise, and fall, before another step is looked for.
    public init(rise: Temperature, fall: Temperature) {
        steps = InlineArray(repeating: CoolingStep(from: .zero, duty: .zero))
        count = 0
        self.rise = rise
        self.fall = fall
    }

    /// Adds the next step; it must be hotter than the one before.
    public mutating func append(_ step: CoolingStep) {
        precondition(count < Self.greatestCount, "a stepwise law has at most 20 steps")
        precondition(count == 0 || steps[count - 1].from < step.from, "the steps of a stepwise law rise")
        steps[count] = step
        count += 1
    }

    public subscript(index: Int) -> CoolingStep { steps[index] }

    /// The next state; its `output` is the duty asked for.
    public func next(after state: StepwiseState, input: Temperature) -> StepwiseState {
        let isSteady = input <= state.chosenAt + rise && input >= state.chosenAt - fall
        if state.hasRun && isSteady { return state }
        var next = StepwiseState(output: duty(at: input))
        next.chosenAt = input
        next.hasRun = true
        return next
    }

    private func duty(at input: Temperature) -> PerMille {
        guard count > 0 else { return .zero }
        var duty = steps[0].duty
        for index in 0..<count where steps[index].from <= input { duty = steps[index].duty }
        return duty
    }
}
