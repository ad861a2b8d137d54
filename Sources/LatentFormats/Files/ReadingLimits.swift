/// What readers refuse before it costs time and memory: far more than a table or a model needs, and little for a machine.
enum ReadingLimits {
  /// The most bytes of one record of a table; the header is a record like any other. With the byte behind it, it fills
  /// a window of 16 MiB, so that no larger one is opened to refuse a longer record.
  static let recordBytes = 16 << 20 - 1
  /// The most columns of a table.
  static let columns = 1_000_000
  /// The most bytes of a model, unpacked.
  static let modelBytes = 256 << 20

  /// A limit in sentences: `16 MiB`.
  static func text(_ bytes: Int) -> String { bytes < 1 << 20 ? "\(bytes) bytes" : "\((bytes + 1) >> 20) MiB" }
}
