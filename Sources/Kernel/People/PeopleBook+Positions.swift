import Flow
import Values

/// Who holds a position, seen from somebody: the words of clocks, escalations and approvals.
extension PeopleBook {
    /// Active people who hold the position, the nearest to `person` first.
    ///
    /// A position is, in this order of meaning:
    /// - `manager` or `department_manager`: whom the person answers to, or the head of their department;
    /// - the id of a role: who holds it;
    /// - `…_director`: who holds the role `director`, the finance one included;
    /// - `…_manager` of a role: whom the holders of that role answer to among themselves, the head of their department.
    ///
    /// Near is: up the line of managers, then the same department, then the same region, then anybody.
    ///
    /// - Parameter spreading: a record by which those equally near are put in turn; nil keeps the order in which they
    ///   came.
    /// - Complexity: O(people).
    func holders(
        of position: String, near person: RecordID?, knownRoles: Set<String>, spreading record: RecordID? = nil
    ) -> [RecordID] {
        if position == "manager" || position == "department_manager" { return superior(of: person).map { [$0] } ?? [] }
        if knownRoles.contains(position) { return nearest(person, spreading: record) { $0.roles.contains(position) } }
        if position.hasSuffix("_director") { return nearest(person) { $0.roles.contains("director") } }
        if position.hasSuffix("_manager") {
            let role = String(position.dropLast("_manager".count))
            let team = people.filter { $0.isActive && $0.roles.contains(role) }
            let leading = Set(team.compactMap { $0.department.flatMap { heads[$0] } })
            let leaders = team.filter { leading.contains($0.id) }
            if !leaders.isEmpty { return nearest(person) { one in leaders.contains { $0.id == one.id } } }
            // Nobody of the team heads it: whom they answer to.
            let above = Set(team.compactMap(\.manager))
            return nearest(person) { above.contains($0.id) }
        }
        return []
    }

    /// Whom a clock calls when nothing happened in its time, best first.
    ///
    /// - Parameters:
    ///   - person: who owes it.
    ///   - owner: whose record it is.
    func called(
        _ target: ClockRule.Escalation.Target, from person: RecordID?, owner: RecordID?, at now: Instant,
        knownRoles: Set<String>
    ) -> [RecordID] {
        switch target {
        case .role(let role): return holders(of: role, near: person ?? owner, knownRoles: knownRoles)
        case .delegate:
            let standIn = person.flatMap { person in
                delegations.first { $0.from == person && $0.start <= now && now < $0.end }?.to ?? byID[person]?.backup
            }
            return standIn.map { [$0] } ?? []
        case .nextLevel: return [superior(of: person), superior(of: owner)].compactMap { $0 }
        }
    }

    /// Whom somebody answers to: their manager, else the head of their department; never themself.
    func superior(of person: RecordID?) -> RecordID? {
        guard let known = person.flatMap({ byID[$0] }) else { return nil }
        let candidates = [known.manager, known.department.flatMap { heads[$0] }]
        return candidates.compactMap { $0 }.first { $0 != known.id && byID[$0]?.isActive == true }
    }

    private func nearest(
        _ person: RecordID?, spreading record: RecordID? = nil, where fits: (Person) -> Bool
    ) -> [RecordID] {
        let me = person.flatMap { byID[$0] }
        var line: [RecordID: Int] = [:]
        var above = me?.manager
        while let next = above, line[next] == nil, line.count < 20 {
            line[next] = line.count
            above = byID[next]?.manager
        }
        func distance(_ one: Person) -> Int {
            if one.id == me?.id { return -1 }
            if let steps = line[one.id] { return steps }
            if let department = me?.department, one.department == department { return 30 }
            if let region = me?.region, one.region == region { return 40 }
            return 50
        }
        let ranked = people.filter { $0.isActive && fits($0) }.enumerated().map {
            (place: $0.offset, person: $0.element, distance: distance($0.element))
        }
        let count = max(1, ranked.count)
        // The last bits of an id are random.
        let shift = record.map { Int($0.low % UInt64(count)) } ?? 0
        return ranked.enumerated().sorted {
            ($0.element.distance, ($0.offset + shift) % count) < ($1.element.distance, ($1.offset + shift) % count)
        }.map(\.element.person.id)
    }
}
