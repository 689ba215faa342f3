import Definitions
import Kernel

/// Lays a relay out: a lane for each object, its legs in their order, and the ways that actions open between them.
struct RelayMapLayout {
    let process: ProcessDefinition
    let eyes: Presentation
    let legs: [String: HouseProcesses.Leg]

    private static let (stepX, laneHeight, left, top) = (146, 118, 20, 12)

    func map(label: String) -> ProcessMap {
        var places: [ProcessMap.Place] = []
        var lanes: [ProcessMap.Lane] = []
        let longest = process.objects.map { process.legs(of: $0).count }.max() ?? 0
        let width = Self.left * 2 + max(1, longest) * Self.stepX + 20
        for (row, object) in process.objects.enumerated() {
            let y = Self.top + row * (Self.laneHeight + 10)
            lanes.append(
                ProcessMap.Lane(
                    title: eyes.model.object(object).map { eyes.say($0.label) } ?? object, x: 8, y: y,
                    width: width - 16, height: Self.laneHeight))
            for (column, leg) in process.legs(of: object).enumerated() {
                places.append(place(leg, x: Self.left + 10 + column * Self.stepX, y: y + 46))
            }
        }
        let byID = Dictionary(places.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ProcessMap(
            label: label, width: width, height: Self.top + process.objects.count * (Self.laneHeight + 10) + 4,
            lanes: lanes, places: places, ways: ways(byID) + between(byID))
    }

    private func place(_ leg: LegDefinition, x: Int, y: Int) -> ProcessMap.Place {
        let tally = legs[leg.id]
        let holder = HouseWords(model: eyes.model, language: eyes.language)
        return ProcessMap.Place(
            id: leg.id, x: x, y: y, title: eyes.say(leg.label),
            note: leg.holders.first.map { holder.position($0, of: leg.object) } ?? "",
            count: (tally?.running ?? 0) + (tally?.paused ?? 0),
            style: tally.map { $0.late > 0 ? "late" : $0.running > 0 ? "busy" : "" } ?? "", url: "#leg-" + leg.id)
    }

    /// The ways of actions: on to a later leg, or back to an earlier one.
    private func ways(_ places: [String: ProcessMap.Place]) -> [ProcessMap.Way] {
        var out: [ProcessMap.Way] = []
        var known: Set<String> = []
        for object in process.objects {
            let own = process.legs(of: object)
            for action in eyes.model.object(object)?.actions ?? [] {
                guard let target = action.to else { continue }
                for (from, leg) in own.enumerated() {
                    guard action.from.isEmpty || !Set(action.from).isDisjoint(with: leg.states),
                        !leg.states.contains(target),
                        let to = own.firstIndex(where: { $0.states.contains(target) }), to != from,
                        known.insert(leg.id + ">" + own[to].id).inserted, let a = places[leg.id],
                        let b = places[own[to].id]
                    else { continue }
                    out.append(way(a, b, apart: to - from, note: eyes.say(action.label)))
                }
            }
            // Two legs that share their state follow one another by their conditions.
            for (leg, next) in zip(own, own.dropFirst()) where !Set(leg.states).isDisjoint(with: next.states) {
                if known.insert(leg.id + ">" + next.id).inserted, let a = places[leg.id], let b = places[next.id] {
                    out.append(way(a, b, apart: 1, note: ""))
                }
            }
        }
        return out
    }

    private func way(_ a: ProcessMap.Place, _ b: ProcessMap.Place, apart: Int, note: String) -> ProcessMap.Way {
        if apart == 1 {
            let y = a.y + a.height / 2
            return ProcessMap.Way(kind: .forward, points: [(a.x + a.width, y), (b.x - 2, y)], note: note)
        }
        let isForward = apart > 1
        let lift = min(34, 14 + 4 * abs(apart))
        let y = isForward ? a.y : a.y + a.height
        let far = isForward ? y - lift : y + lift
        let (start, end) = (a.x + a.width / 2 + (isForward ? 12 : -12), b.x + b.width / 2 + (isForward ? -12 : 12))
        return ProcessMap.Way(
            kind: isForward ? .forward : .back, points: [(start, y), (start, far), (end, far), (end, y)], note: note,
            isCurve: true)
    }

    /// Where one object's records come from: the last leg before, and the first of the next.
    private func between(_ places: [String: ProcessMap.Place]) -> [ProcessMap.Way] {
        process.objects.compactMap { object in
            guard let link = process.thread[object],
                let target = eyes.model.object(object)?.field(link)?.type.linkTarget,
                let from = process.legs(of: target).last.flatMap({ places[$0.id] }),
                let to = process.legs(of: object).first.flatMap({ places[$0.id] })
            else { return nil }
            let (x, y) = (from.x + from.width + 14, from.y + from.height / 2)
            return ProcessMap.Way(
                kind: .between,
                points: [(from.x + from.width, y), (x, y), (x, to.y - 22), (to.x + 20, to.y - 22), (to.x + 20, to.y)])
        }
    }
}
