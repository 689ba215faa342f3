/// How far a database's own log had come when somebody last looked, so that a copy that is behind is not asked.
package enum LogPosition {
    /// What the reads of the current task must see; 0 asks for nothing.
    @TaskLocal package static var required: UInt64 = 0
}
