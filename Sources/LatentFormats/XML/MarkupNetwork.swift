internal import LatentData

/// The network that the names in a file spell: variables in their order, and the parents of each.
struct MarkupNetwork {
  /// A name and the place of its element.
  struct Name: LocatedName {
    let text: String
    let place: SourceText.Place
  }

  /// A variable and its states.
  struct Declaration {
    let name: Name
    let states: [String]
  }

  /// A variable, its parents, and the element with its table.
  typealias Definition = TableHead<Name, MarkupElement>

  /// The variables and the definition of each, all names resolved; linear in their number.
  static func structure(
    _ declarations: [Declaration], _ definitions: [Definition], _ wording: TableWording, _ source: SourceText
  ) throws(FileError) -> HeadedStructure<Name, MarkupElement> {
    try HeadedStructure(
      try variables(declarations, source), declaredAt: declarations.map(\.name.place), definitions, wording, source)
  }

  private static func variables(
    _ declarations: [Declaration], _ source: SourceText
  ) throws(FileError) -> [Variable] {
    var variables: [Variable] = []
    var positions: [String: Int] = [:]
    for (index, declaration) in declarations.enumerated() {
      let name = declaration.name
      if let first = positions.updateValue(index, forKey: name.text) {
        let line = source.line(of: declarations[first].name.place)
        throw source.error(
          at: name.place, "variable \(name.text) is declared twice, first in line \(line); remove one of the two")
      }
      do { variables.append(try Variable(name: name.text, states: declaration.states)) } catch {
        throw source.error(at: name.place, error.description)
      }
    }
    return variables
  }
}
