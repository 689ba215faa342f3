import Definitions
import Values
extension RelayBoard { package func answer(in context: ReadContext) throws -> RelaySheet { throw Rejection.noSuchRecord } }
extension RelayOf { package func answer(in context: ReadContext) throws -> RelayStanding { throw Rejection.noSuchRecord } }
extension MyLegs { package func answer(in context: ReadContext) throws -> [MyLeg] { [] } }
