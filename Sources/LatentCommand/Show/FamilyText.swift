internal import Latent

/// The table of a variable for people: its parents' states as row labels, its own as columns; states as rows, too, where
/// that would be wider than a page.
struct FamilyText {
  let text: String

  private static let pageWidth = 100
  private static let decimals = 4

  /// - unseen: the rows of the table for which there are no data.
  init(_ model: Model, _ id: VariableID, _ table: ConditionalTable, unseen: [Int], rows limit: Int) {
    let condition = table.axisNames.isEmpty ? "" : " | \(table.axisNames.joined(separator: ", "))"
    var title = "p(\(table.name)\(condition))"
    switch table.law {
    case .table: break
    case .gaussian(let covariance): title += table.children.count > 1 ? ", normal, \(covariance.rawValue)" : ", normal"
    case .poisson: title += ", Poisson"
    }
    if model.latent.contains(id) { title += ", latent" }
    let initial = model.structure.dynamics.initial(of: id)
    if initial != .free { title += ", \(initial.rawValue) first step" }
    if model.fixed.contains(id) { title += ", fixed" }
    let family = Rows(table: table, unseen: Set(unseen), limit: limit)
    let wide = family.wide()
    let isNarrow = wide.prefix { $0 != "\n" }.count <= Self.pageWidth
    text = title + "\n" + (isNarrow ? wide : family.long())
  }

  /// The rows of one table in either layout.
  private struct Rows {
    let table: ConditionalTable
    let unseen: Set<Int>
    let limit: Int

    /// A last column where some row has no data.
    private var noteColumns: [(title: String, alignment: TextTable.Alignment)] { unseen.isEmpty ? [] : [("", .left)] }

    private func notes(_ row: Int) -> [String] {
      unseen.isEmpty ? [] : [unseen.contains(row) ? ConditionalTable.noData : ""]
    }

    private var parentColumns: [(title: String, alignment: TextTable.Alignment)] {
      table.axisNames.map { ($0, .left) }
    }

    private func cells(_ row: Int) -> [String] {
      table.child.isCategorical ? table[row].map { probability($0, FamilyText.decimals) } : table.texts(ofRow: row)
    }

    /// A row per configuration of the parents, a column per state.
    func wide() -> String {
      var text = TextTable(parentColumns + table.headings.map { ($0, .right) } + noteColumns)
      for row in 0..<min(table.rowCount, limit) {
        text.append(table.axisStates(ofRow: row) + cells(row) + notes(row))
      }
      return text.text + rest(table.rowCount)
    }

    /// A row per configuration of the parents and state.
    func long() -> String {
      var text = TextTable(
        parentColumns + [(table.name, .left), (table.child.isCategorical ? "probability" : "value", .right)]
          + noteColumns)
      let count = table.rowCount * table.headings.count
      for position in 0..<min(count, limit) {
        let (row, column) = position.quotientAndRemainder(dividingBy: table.headings.count)
        text.append(table.axisStates(ofRow: row) + [table.headings[column], cells(row)[column]] + notes(row))
      }
      return text.text + rest(count)
    }

    private func rest(_ rows: Int) -> String {
      rows > limit ? "… and \(counted(rows - limit, "row")) more; --all shows them\n" : ""
    }
  }
}
