import CZip

/// The packed parts of a workbook, with a watch on how much they unpack to.
final class ZipArchive {
    private let archive: OpaquePointer
    private let limits: TableLimits
    /// The bytes the archive reads from, which must stay where they are.
    private let memory: UnsafeMutableRawBufferPointer?
    private var unpacked = 0

    convenience init(path: String, _ limits: TableLimits) throws(TableError) {
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &code) else { throw .brokenArchive("\(code)") }
        try self.init(archive, nil, limits)
    }

    convenience init(bytes: [UInt8], _ limits: TableLimits) throws(TableError) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        memory.copyBytes(from: bytes)
        var failure = zip_error_t()
        zip_error_init(&failure)
        defer { zip_error_fini(&failure) }
        let source = zip_source_buffer_create(memory.baseAddress, UInt64(bytes.count), 0, &failure)
        guard let source, let archive = zip_open_from_source(source, ZIP_RDONLY, &failure) else {
            if let source { zip_source_free(source) }
            memory.deallocate()
            throw .brokenArchive("\(zip_error_code_zip(&failure))")
        }
        try self.init(archive, memory, limits)
    }

    private init(_ archive: OpaquePointer, _ memory: UnsafeMutableRawBufferPointer?, _ limits: TableLimits)
        throws(TableError)
    {
        self.archive = archive
        self.memory = memory
        self.limits = limits
        try checkDirectory()
    }

    deinit {
        zip_discard(archive)
        memory?.deallocate()
    }

    /// Refuses before anything is unpacked what the directory itself declares to be too much.
    private func checkDirectory() throws(TableError) {
        let count = zip_get_num_entries(archive, 0)
        guard count <= limits.archiveEntries else { throw .tooManyEntries }
        var total: UInt64 = 0
        for index in 0..<max(count, 0) {
            var status = zip_stat_t()
            guard zip_stat_index(archive, UInt64(index), 0, &status) == 0 else { throw .brokenArchive("stat") }
            let (sum, overflow) = total.addingReportingOverflow(status.size)
            guard !overflow, sum <= UInt64(limits.unpackedBytes) else { throw .unpackedSize }
            total = sum
        }
    }

    func has(_ name: String) -> Bool { zip_name_locate(archive, name, 0) >= 0 }

    /// Opens a part; nil when there is none of that name.
    ///
    /// - Parameter isCounted: false for a part that is read a second time.
    func part(_ name: String, isCounted: Bool = true) throws(TableError) -> ZipPart? {
        let index = zip_name_locate(archive, name, 0)
        guard index >= 0 else { return nil }
        var status = zip_stat_t()
        guard zip_stat_index(archive, UInt64(index), 0, &status) == 0 else { throw .brokenArchive(name) }
        guard status.encryption_method == ZIP_EM_NONE else { throw .lockedArchive }
        guard let file = zip_fopen_index(archive, UInt64(index), 0) else { throw .brokenArchive(name) }
        return ZipPart(self, file, name: name, packedBytes: Int(clamping: status.comp_size), isCounted: isCounted)
    }

    fileprivate func count(_ bytes: Int) throws(TableError) {
        unpacked += bytes
        guard unpacked <= limits.unpackedBytes else { throw .unpackedSize }
    }

    fileprivate var ratio: Int { limits.unpackedRatio }
}

/// A part of a workbook while it is being unpacked.
final class ZipPart {
    let name: String
    /// Keeps the archive open.
    private let archive: ZipArchive
    private let file: OpaquePointer
    private let packedBytes: Int
    private let isCounted: Bool
    private var unpackedBytes = 0

    fileprivate init(_ archive: ZipArchive, _ file: OpaquePointer, name: String, packedBytes: Int, isCounted: Bool) {
        self.archive = archive
        self.file = file
        self.name = name
        self.packedBytes = packedBytes
        self.isCounted = isCounted
    }

    deinit { zip_fclose(file) }

    /// Unpacks the next bytes into `buffer`; gives how many, 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
        let count = Int(zip_fread(file, buffer.baseAddress, UInt64(buffer.count)))
        guard count >= 0 else { throw .brokenArchive(name) }
        unpackedBytes += count
        if isCounted { try archive.count(count) }
        if unpackedBytes > 16 << 20, unpackedBytes / max(packedBytes, 1) > archive.ratio { throw .unpackedSize }
        return count
    }
}
