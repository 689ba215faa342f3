import Definitions
import Values

/// A working calendar: its year, who works by it, and what the company sets itself.
struct CalendarPage: Sendable {
    struct Choice: Sendable {
        let name: String
        let url: String
        let people: Int
        let isOwn: Bool
        let isChosen: Bool
    }

    struct Cell: Sendable {
        let number: Int
        let style: String
        let note: String
        let isToday: Bool
    }

    struct Month: Sendable {
        let name: String
        /// Empty cells before the first, weeks beginning on Monday.
        let lead: Int
        let days: [Cell]
    }

    struct Occasion: Sendable {
        let days: String
        let name: String
        let tag: Tag
    }

    struct Person: Sendable {
        let name: String
        let url: String?
        let region: String
        let zone: String
        let isOwn: Bool
    }

    struct Region: Sendable {
        let id: String
        let name: String
        let usesThis: Bool
        let mayChange: Bool
        let version: Int
    }

    /// A line of the company's own days as typed.
    struct OwnDay: Sendable {
        var id = ""
        var first = ""
        var last = ""
        var isWorking = false
        var hours = ""
        var name = ""
        var problem: String?
    }

    /// The form of a calendar of the company.
    struct Form: Sendable {
        let id: String
        let version: Int
        var name: String
        var country: String
        var weekdays: Set<String>
        var hours: String
        var days: [OwnDay]
        var problems: [String: String] = [:]
        /// What is wrong with the whole of it.
        var message: String?
        /// What saving would move.
        var effect: Effect?
    }

    struct Effect: Sendable {
        let tone: Tone
        let lead: String
        let lines: [Shown]
    }

    let title: String
    let sentence: String
    let choices: [Choice]
    let year: Int
    let yearURL: @Sendable (Int) -> String
    let months: [Month]
    let occasions: [Occasion]
    let warning: String?
    let people: [Person]
    let regions: [Region]
    let form: Form?
    let countries: [FieldControl.Choice]
    let weekdays: [FieldControl.Choice]
    let weekdayHeads: [String]
    let mayCreate: Bool
    let mayEdit: Bool
    var newName = ""
    var newProblem: String?
    let country: String
    let id: String?
}
