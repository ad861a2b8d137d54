internal import LatentData
internal import LatentModels

/// The conditional probability table of a variable in words.
struct TableText {
  let model: Model
  let id: VariableID
  /// The rows for which there are no data.
  let unseen: [Int]

  /// The most rows of one tooltip.
  static let mostRows = 100

  /// `p(dysp | bronc, either)`.
  var caption: String {
    let family = model.structure.family(of: id)
    let parents = family.parents.map { model.schema[$0].name } + family.lags.map { "\(model.schema[$0].name)[t-1]" }
    return "p(\(model.structure.family(of: id).name)\(parents.isEmpty ? "" : " | \(parents.joined(separator: ", "))"))"
  }

  /// The variable, its roles, and a line per configuration of its parents.
  var tooltip: String {
    var roles = ""
    if model.latent.contains(id) { roles += ", latent" }
    if model.fixed.contains(id) { roles += ", fixed" }
    guard let table = model.table(of: id) else {
      let variable = model.schema[id]
      return "\(variable.name)\(roles): \(variable.isCategorical ? variable.states.joined(separator: ", ") : "numbers")"
    }
    var lines = [caption + roles]
    let unseen = Set(unseen)
    for row in 0..<min(table.rowCount, Self.mostRows) {
      let condition = table.caption(ofRow: row)
      let text = zip(table.headings, table.texts(ofRow: row)).map { "\($0) \($1)" }.joined(separator: ", ")
      let note = unseen.contains(row) ? " (\(ConditionalTable.noData))" : ""
      lines.append((condition.isEmpty ? text : "\(condition): \(text)") + note)
    }
    if table.rowCount > Self.mostRows { lines.append("… and \(table.rowCount - Self.mostRows) rows more") }
    return lines.joined(separator: "\n")
  }
}

extension ConditionalTable {
  /// What is said beside a row for which there are no data.
  package static let noData = "no data"

  /// What people call the cells of a row: states, a rate, the mean and the standard deviation of numbers; of a block those
  /// of every column, and the correlations of each pair.
  package var headings: [String] {
    switch law {
    case .table, .poisson: return labels
    case .gaussian where children.count == 1: return ["mean", "sd"]
    case .gaussian(let covariance):
      let names = children.map(\.name)
      let moments = names.map { "mean \($0)" } + names.map { "sd \($0)" }
      return covariance.hasCorrelations ? moments + pairs.map { "r \(names[$0.1]), \(names[$0.0])" } : moments
    }
  }

  /// The cells of a row under their headings: probabilities, or numbers with six digits.
  package func texts(ofRow row: Int) -> [String] {
    let values = Array(self[row])
    switch law {
    case .table: return values.map { Numerals.probability($0) }
    case .poisson: return values.map { Numerals.significant($0, digits: 6) }
    case .gaussian(let covariance):
      let count = children.count
      func entry(_ row: Int, _ column: Int) -> Double { values[count + row * (row + 1) / 2 + column] }
      let deviations = (0..<count).map { entry($0, $0).squareRoot() }
      let moments = (values[..<count] + deviations).map { Numerals.significant($0, digits: 6) }
      guard count > 1, covariance.hasCorrelations else { return moments }
      return moments
        + pairs.map { Numerals.significant(entry($0.0, $0.1) / (deviations[$0.0] * deviations[$0.1]), digits: 4) }
    }
  }

  /// The pairs of columns: each with those before it.
  private var pairs: [(Int, Int)] { children.indices.flatMap { row in (0..<row).map { (row, $0) } } }
}

extension Covariance {
  /// Whether numbers of the same block may be correlated given the parents.
  fileprivate var hasCorrelations: Bool { self == .full || self == .tied }
}
