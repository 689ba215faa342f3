package import Values

/// A day of a country that is not as its weekday says.
package struct Holiday: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A day off.
        case off = "H"
        /// A make-up working day 调休上班.
        case working = "W"
        /// A day off by law of which the official notice is not yet out.
        case estimate = "E"

        package var isWorking: Bool { self == .working }
    }

    package let day: Day
    package let kind: Kind
    package let name: String

    package init(day: Day, kind: Kind, name: String) {
        self.day = day
        self.kind = kind
        self.name = name
    }
}
