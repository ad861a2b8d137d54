/// The order of a model's variables, which nodes cannot show where parents must stand before children: a comment lists
/// the ids.
enum XDSLVariableOrder {
  private static let start = "<!-- order of the variables: "
  private static let end = " -->"

  /// The comment for ids in an order.
  static func comment(_ ids: [String]) -> String { start + ids.joined(separator: " ") + end }

  /// Takes the comments that list all variables out of the remarks, and puts the variables in the order of the first.
  static func apply(to declarations: inout [MarkupNetwork.Declaration], takingFrom remarks: inout [String: [String]]) {
    var positions: [String: Int]?
    for name in declarations.map(\.name.text) {
      guard let pieces = remarks[name] else { continue }
      var kept: [String] = []
      for piece in pieces {
        guard let order = self.positions(piece), order.count == declarations.count,
          declarations.allSatisfy({ order[$0.name.text] != nil })
        else {
          kept.append(piece)
          continue
        }
        positions = positions ?? order
      }
      if kept.count < pieces.count { remarks[name] = kept.isEmpty ? nil : kept }
    }
    guard let positions else { return }
    declarations.sort { positions[$0.name.text] ?? 0 < positions[$1.name.text] ?? 0 }
  }

  /// The position of each variable that a comment lists; nil for all other pieces.
  private static func positions(_ piece: String) -> [String: Int]? {
    guard piece.hasPrefix(start), piece.hasSuffix(end) else { return nil }
    let ids = piece.dropFirst(start.count).dropLast(end.count).split(separator: " ")
    return Dictionary(zip(ids.map { NameEscape.identifier.decode(String($0)) }, 0...)) { first, _ in first }
  }
}
