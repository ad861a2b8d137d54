package import LatentData

/// The most memory that the table of one clique may take; larger ones are refused before anything is computed.
public struct MemoryLimit: Hashable, Sendable {
  /// The limit in bytes.
  public let bytes: Int

  /// A limit of so many bytes.
  public init(bytes: Int) { self.bytes = bytes }

  /// 2 GiB: 2^28 joint states.
  public static let standard = MemoryLimit(bytes: 1 << 31)

  /// Throws when a table over the variables of one of these cliques, 8 bytes per joint state, would be larger than the
  /// limit; the error names the largest.
  package func check(_ cliques: [[VariableID]], in schema: Schema) throws(InferenceError) {
    var largest: (clique: [VariableID], cells: Double) = ([], 1)
    for clique in cliques {
      var cells = 1.0
      for id in clique { cells *= Double(schema[id].cardinality) }
      if cells > largest.cells { largest = (clique, cells) }
    }
    guard largest.cells * 8 <= Double(bytes) else {
      let names = largest.clique.sorted().map { schema[$0].name }
      throw .cliqueTooLarge(variables: names, cells: largest.cells, limit: self)
    }
  }

  /// A number of bytes in words: `512 bytes`, `1.5 GiB`.
  static func describe(bytes: Double) -> String {
    var value = bytes
    var unit = "bytes"
    for larger in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] where value >= 1024 {
      value /= 1024
      unit = larger
    }
    let rounded = (value * 10).rounded() / 10
    return "\(describe(count: rounded)) \(unit)"
  }

  /// A number without a needless `.0`.
  static func describe(count: Double) -> String {
    Int(exactly: count).map { "\($0)" } ?? "\(count)"
  }
}
