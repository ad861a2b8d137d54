internal import Latent

/// The list of the cells that an imputation fills in, row by row: which they are, what stands there now, and how probable
/// that is.
struct FilledCells {
  private let data: LoadedTable
  private let columns: [Column]
  private let posteriors: RowPosteriors?
  private let hasValues: Bool

  /// - posteriors: those of the rows, for methods that choose among states by them.
  init(_ imputation: Imputation, _ method: ImputeMethod, posteriors: RowPosteriors?) {
    data = imputation.data
    columns = imputation.columns
    hasValues = method != .draw
    self.posteriors = posteriors
  }

  /// Writes `row,column`, `value` where there is one, and `probability` where states were chosen by it; rows are numbered
  /// from 1 without the header, as in the truth that `mask` writes.
  func write(to path: String) throws {
    let file = try OutputFile(path)
    let header = ["row", "column"] + (hasValues ? ["value"] : []) + (posteriors == nil ? [] : ["probability"])
    let writer = try CSVWriter(file, header: header)
    let variables = data.csv.header.indices.compactMap { data.variable(at: $0) }
    for row in 0..<data.table.rowCount {
      var probabilities: [VariableID: Double] = [:]
      posteriors?.forEach(row: row) { id, posterior in
        if case .codes(let codes) = columns[id.index] {
          probabilities[id] = posterior[posterior.startIndex + Int(codes[row])]
        }
      }
      for id in variables where data.table.cell(id, row: row) == .missing {
        var cells = ["\(row + 1)", data.table.schema[id].name]
        if hasValues { cells.append(value(id, row: row)) }
        if posteriors != nil { cells.append(probabilities[id].map { "\($0)" } ?? "") }
        try writer.write(row: cells)
      }
    }
    try file.commit()
  }

  private func value(_ id: VariableID, row: Int) -> String {
    switch columns[id.index] {
    case .absent: ""
    case .codes(let codes): codes[row] < 0 ? "" : data.table.schema[id].states[Int(codes[row])]
    case .reals(let values): values[row].isNaN ? "" : "\(values[row])"
    }
  }
}

extension ImputeMethod {
  /// Whether states are chosen by their posterior.
  var choosesByPosterior: Bool {
    switch self {
    case .map, .mode: true
    case .mean, .draw, .columnMode, .columnMean, .completeRows: false
    }
  }
}
