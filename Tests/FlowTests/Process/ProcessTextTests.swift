import Flow
import Testing
import Values

@Suite("A running process as text")
struct ProcessTextTests {
    @Test("What was written is read back equal, at every moment of 300 stories")
    func roundTrip() throws {
        for seed in 1...300 {
            var maker = BlockMaker(seed: UInt64(seed) &* 31, size: 6 + seed % 20)
            let (graph, conditions, counts) = BlockDrawing.graph(of: maker.block())
            var story = Story(graph)
            story.counts = counts
            var dice = StoryDice(UInt64(seed))
            #expect(try copy(of: story.state) == story.state)
            story.holding = Set(conditions)
            try story.tell(.start)
            for _ in 0..<60 where story.state.status == .running {
                #expect(try copy(of: story.state) == story.state, "seed \(seed)")
                story.holding = Set(conditions.filter { _ in dice.roll(3) == 0 })
                if dice.roll(4) == 0, let timer = dice.pick(story.state.timers) {
                    try story.tell(.fired(timer: timer.id))
                } else if let task = dice.pick(story.state.tasks) {
                    try story.tell(.completed(activity: task.id))
                }
            }
            #expect(try copy(of: story.state) == story.state, "seed \(seed)")
        }
    }

    @Test("What doesn't hang together is no state")
    func broken() throws {
        let sound =
            #"{"version":"v","status":"running","counter":3,"activities":[[1,"a",0,null,"work",[]]],"#
            + #""waiting":[],"timers":[[2,"t",1]],"visits":[["a",0,[],3]]}"#
        #expect(try read(sound) != nil)
        for (from, to) in [
            (#""counter":3"#, #""counter":1"#), (#"[2,"t",1]"#, #"[2,"t",9]"#), (#"[2,"t",1]"#, #"[1,"t",1]"#),
            (#"["a",0,[],3]"#, #"["a",7,[],3]"#), (#""work""#, #""play""#), (#"null,"work""#, #""x","work""#),
            (#""waiting":[]"#, #""more":[]"#), (#""running""#, #""walking""#),
        ] {
            let text = sound.replacing(from, with: to)
            #expect(text != sound)
            #expect(try read(text) == nil, "\(text)")
        }
    }

    private func copy(of state: ProcessState) throws -> ProcessState? {
        var writer = JSONBuilder(escaping: .minimal)
        writer.write(state.json)
        return try read(writer.text)
    }

    private func read(_ text: String) throws -> ProcessState? { ProcessState(json: try JSONReader.read(text)) }
}
