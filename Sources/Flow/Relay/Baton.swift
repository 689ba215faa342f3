package import Definitions
package import Values

/// One run of a leg, as far as deciding about it goes.
package struct LegRun: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable, CaseIterable {
        /// Handed over, not taken yet.
        case offered
        /// In the holder's hands.
        case held
        /// Handed on.
        case done
        /// Given back to the giver.
        case returned
        /// Ended without a successor: the record is gone, or its run was ended.
        case cancelled

        package var isOpen: Bool { self == .offered || self == .held }
    }

    package var status: Status
    package var holder: RecordID?
    package var giver: RecordID?
    package var isPaused: Bool
    /// Ids of the deliverables ticked by hand.
    package var ticks: Set<String>

    package init(
        status: Status, holder: RecordID?, giver: RecordID?, isPaused: Bool = false, ticks: Set<String> = []
    ) {
        self.status = status
        self.holder = holder
        self.giver = giver
        self.isPaused = isPaused
        self.ticks = ticks
    }
}

/// What somebody does with the baton besides running the leg.
package enum BatonVerb: Sendable, Hashable {
    /// 接棒
    case accept
    /// 退回: back to the giver, with a reason.
    case giveBack(reason: String)
    /// 停表: the clock stands while something outside is awaited.
    case pause(reason: String)
    case resume
    /// 转交: somebody else takes the leg.
    case pass(to: RecordID)
    /// A deliverable done by hand, or not after all.
    case tick(deliverable: String, done: Bool)
    /// The record's state left the leg: the baton is handed on.
    case finish
    /// The record is gone, or its run was ended by hand.
    case cancel
}

/// As what somebody acts.
package struct BatonCapacity: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The holder, or who stands in for them.
    package static let holder = BatonCapacity(rawValue: 1)
    /// Who gave it, or who stands in for them.
    package static let giver = BatonCapacity(rawValue: 2)
    /// Answers for the leg: its accountable position, the holder's superior.
    package static let accountable = BatonCapacity(rawValue: 4)
    /// The house itself.
    package static let house = BatonCapacity(rawValue: 8)
}

extension LegRun {
    /// What becomes of the run; pure.
    ///
    /// - Parameters:
    ///   - who: who does it, for `pass` to oneself and the names in refusals.
    ///   - leg: the leg's definition, for its deliverables and names.
    ///   - name: the holder's name, told to whoever comes second.
    package func deciding(
        _ verb: BatonVerb, by who: RecordID?, as capacity: BatonCapacity, leg: LegDefinition, holderName name: String
    ) -> Result<LegRun, BatonRefusal> {
        guard status.isOpen else { return .failure(.over(status, leg)) }
        var after = self
        switch verb {
        case .accept:
            guard status == .offered else { return .failure(.taken(by: name)) }
            guard !capacity.isDisjoint(with: [.holder, .house]) else { return .failure(.notForYou(name)) }
            after.status = .held
        case .giveBack(let reason):
            guard !capacity.isDisjoint(with: [.holder, .house]) else { return .failure(.notForYou(name)) }
            guard giver != nil else { return .failure(.noGiver) }
            guard Self.says(reason) else { return .failure(.reasonMissing) }
            after.status = .returned
            after.isPaused = false
        case .pause(let reason):
            guard may(capacity) else { return .failure(.notForYou(name)) }
            guard !isPaused else { return .failure(.pausedAlready) }
            guard Self.says(reason) else { return .failure(.reasonMissing) }
            after.isPaused = true
        case .resume:
            guard may(capacity) else { return .failure(.notForYou(name)) }
            guard isPaused else { return .failure(.runsAlready) }
            after.isPaused = false
        case .pass(let to):
            guard may(capacity) || status == .offered && capacity.contains(.giver) else {
                return .failure(.notForYou(name))
            }
            guard to != holder else { return .failure(.holdsAlready(name)) }
            after.holder = to
            after.status = to == who ? .held : .offered
        case .tick(let id, let done):
            guard may(capacity) else { return .failure(.notForYou(name)) }
            guard leg.deliverables.contains(where: { $0.id == id && $0.done == nil }) else {
                return .failure(.noSuchDeliverable)
            }
            if done { after.ticks.insert(id) } else { after.ticks.remove(id) }
        case .finish:
            after.status = .done
            after.isPaused = false
        case .cancel:
            guard !capacity.isDisjoint(with: [.accountable, .house]) else { return .failure(.notForYou(name)) }
            after.status = .cancelled
            after.isPaused = false
        }
        return .success(after)
    }

    private func may(_ capacity: BatonCapacity) -> Bool {
        !capacity.isDisjoint(with: [.holder, .accountable, .house])
    }

    private static func says(_ reason: String) -> Bool { !Remark.isBlank(reason) }
}

/// Why the baton stays where it is.
package struct BatonRefusal: Error, Sendable, Hashable {
    /// Stable and documented.
    package let code: String
    package let message: Label

    private init(_ code: String, zh: String, en: String) {
        self.code = code
        message = Label(zh: zh, en: en)
    }

    static func over(_ status: LegRun.Status, _ leg: LegDefinition) -> Self {
        switch status {
        case .returned:
            Self(
                "leg_returned", zh: "“\(leg.label.zh)”已退回给交棒人，请刷新",
                en: "“\(leg.label.en)” has gone back to the giver; reload")
        case .cancelled:
            Self("leg_cancelled", zh: "“\(leg.label.zh)”已终止，请刷新", en: "“\(leg.label.en)” was ended; reload")
        default:
            Self(
                "leg_over", zh: "“\(leg.label.zh)”已交给下一棒，请刷新",
                en: "“\(leg.label.en)” has been handed on; reload")
        }
    }

    static func taken(by name: String) -> Self {
        Self("taken_already", zh: "\(name) 已经接棒", en: "\(name) has taken it already")
    }

    static func holdsAlready(_ name: String) -> Self {
        Self("holds_already", zh: "棒已经在 \(name) 手里", en: "\(name) has it already")
    }

    static func notForYou(_ name: String) -> Self {
        let zh = name.isEmpty ? "这一棒由他人负责" : "这一棒由 \(name) 负责"
        let en = name.isEmpty ? "This leg is somebody else's" : "This leg is \(name)'s"
        return Self(
            "not_your_leg", zh: zh + "，请本人、代理人或上级操作", en: en + "; they, their stand-in or a superior can do it")
    }

    static let noGiver = Self(
        "no_giver", zh: "这是第一棒，没有可退回的人", en: "This is the first leg; there is nobody to return it to")
    static let reasonMissing = Self("required", zh: "请写明原因", en: "Say why")
    static let pausedAlready = Self("paused_already", zh: "已经停表", en: "The clock stands already")
    static let runsAlready = Self("runs_already", zh: "没有停表", en: "The clock is running")
    static let noSuchDeliverable = Self(
        "unknown_deliverable", zh: "没有这项可勾选的必交物", en: "There is no such deliverable to tick")
}
