internal import LatentData
internal import LatentModels

/// What every format does with rows of a table that do not quite sum to 1: within 1e-12 they stay as written, up to
/// 1e-4 they are rescaled and counted for one warning, beyond they are refused.
struct RowRescaling {
  /// A row that cannot be a distribution.
  struct Refusal: Error {
    let configuration: Int
    let message: String
  }

  /// How far the sum of a row may be from 1 to be taken for a rounded distribution.
  static let tolerance = 1e-4

  private var rows = 0
  private var worst = (distance: 0.0, sum: 1.0, row: "")

  /// The cells of a table, with rescaled rows where they need it; linear in their number.
  mutating func cells(of table: ConditionalTable) throws(Refusal) -> [Double] {
    var cells = table.cells
    for (configuration, row) in table.rows.enumerated() {
      for value in row where !(value >= 0 && value < .infinity) {
        throw Refusal(
          configuration: configuration,
          message: "\(value) is not a probability; expected a number between 0 and 1")
      }
      let sum = Self.sum(row)
      let distance = (sum - 1).magnitude
      guard distance > ParameterError.tolerance else { continue }
      let name = Self.name(ofRow: configuration, of: table)
      guard distance <= Self.tolerance else {
        throw Refusal(
          configuration: configuration,
          message: "the probabilities of \(name) sum to \(sum), not to 1; correct them")
      }
      rows += 1
      if distance > worst.distance { worst = (distance, sum, name) }
      Self.scale(&cells, row.indices)
    }
    return cells
  }

  /// One sentence about all rows that were rescaled; nil when there were none.
  var warning: FileWarning? {
    switch rows {
    case 0: nil
    case 1: "1 row of probabilities was rescaled to sum to 1: \(worst.row) summed to \(worst.sum)"
    default:
      "\(rows) rows of probabilities were rescaled to sum to 1; the worst, \(worst.row), summed to \(worst.sum)"
    }
  }

  /// Whether the sum of some numbers is near enough to 1 to be accepted.
  static func isAcceptable(sum: Double) -> Bool { (sum - 1).magnitude <= tolerance }

  /// Divides by the sum; wide rows may need it twice to come within the rounding that is kept as written.
  private static func scale(_ cells: inout [Double], _ row: Range<Int>) {
    var sum = sum(cells[row])
    for _ in 0..<3 where (sum - 1).magnitude > ParameterError.tolerance / 4 {
      for index in row { cells[index] /= sum }
      sum = Self.sum(cells[row])
    }
  }

  private static func sum(_ cells: ArraySlice<Double>) -> Double {
    var sum = 0.0
    for value in cells { sum += value }
    return sum
  }

  private static func name(ofRow row: Int, of table: ConditionalTable) -> String {
    table.parents.isEmpty ? table.child.name : "\(table.child.name) given \(table.caption(ofRow: row))"
  }
}
