internal import Latent

/// The table of a variable for people: its parents' states as row labels, its own as columns; states as rows, too, where
/// that would be wider than a page.
struct FamilyText {
  let text: String

  private static let pageWidth = 100
  private static let decimals = 4

  init(_ model: Model, _ id: VariableID, cells: [Double], rows limit: Int) {
    let schema = model.schema
    let parents = model.structure.family(of: id).parents
    let condition = parents.isEmpty ? "" : " | \(parents.map { schema[$0].name }.joined(separator: ", "))"
    var title = "p(\(schema[id].name)\(condition))"
    if model.latent.contains(id) { title += ", latent" }
    if model.fixed.contains(id) { title += ", fixed" }
    let family = Rows(structure: model.structure, id: id, cells: cells, limit: limit)
    let wide = family.wide()
    let isNarrow = wide.prefix { $0 != "\n" }.count <= Self.pageWidth
    text = title + "\n" + (isNarrow ? wide : family.long())
  }

  /// The rows of one table in either layout.
  private struct Rows {
    let structure: NetworkStructure
    let id: VariableID
    let cells: [Double]
    let limit: Int

    var variable: Variable { structure.schema[id] }
    var configurations: Int { cells.count / variable.cardinality }

    private func labels(_ configuration: Int) -> [String] {
      let parents = structure.family(of: id).parents
      return zip(parents, structure.parentStates(of: id, configuration: configuration)).map {
        structure.schema[$0].states[Int($1)]
      }
    }

    private var parentColumns: [(title: String, alignment: TextTable.Alignment)] {
      structure.family(of: id).parents.map { (structure.schema[$0].name, .left) }
    }

    private func cell(_ configuration: Int, _ state: Int) -> String {
      probability(cells[configuration * variable.cardinality + state], FamilyText.decimals)
    }

    /// A row per configuration of the parents, a column per state.
    func wide() -> String {
      var table = TextTable(parentColumns + variable.states.map { ($0, .right) })
      for configuration in 0..<min(configurations, limit) {
        table.append(labels(configuration) + variable.states.indices.map { cell(configuration, $0) })
      }
      return table.text + rest(configurations)
    }

    /// A row per configuration of the parents and state.
    func long() -> String {
      var table = TextTable(parentColumns + [(variable.name, .left), ("probability", .right)])
      for row in 0..<min(cells.count, limit) {
        let (configuration, state) = row.quotientAndRemainder(dividingBy: variable.cardinality)
        table.append(labels(configuration) + [variable.states[state], cell(configuration, state)])
      }
      return table.text + rest(cells.count)
    }

    private func rest(_ rows: Int) -> String {
      rows > limit ? "… and \(counted(rows - limit, "row")) more; --all shows them\n" : ""
    }
  }
}
