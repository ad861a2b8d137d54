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

  /// So many bytes, and the limit that they exceed, with as many decimals as tell the two apart.
  func describe(exceededBy bytes: Double) -> String {
    let limit = Double(self.bytes)
    let decimals = (1...9).first {
      Self.describe(bytes: bytes, decimals: $0) != Self.describe(bytes: limit, decimals: $0)
    }
    return "\(Self.describe(bytes: bytes, decimals: decimals ?? 1)), above the limit of \(Self.describe(bytes: limit))"
  }

  /// A number of bytes in words: `512 bytes`, `1.5 GiB`.
  static func describe(bytes: Double, decimals: Int = 1) -> String {
    var value = bytes
    var unit = "bytes"
    for larger in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] where value >= 1024 {
      value /= 1024
      unit = larger
    }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return "\(describe(count: rounded)) \(unit)"
  }

  /// A number without a needless `.0`.
  static func describe(count: Double) -> String {
    Int(exactly: count).map { "\($0)" } ?? "\(count)"
  }
}
