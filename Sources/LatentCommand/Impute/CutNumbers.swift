internal import Latent

/// Numbers in place of the intervals that they were cut into: those of the data, and the middle of the interval where
/// there is none.
struct CutNumbers {
  private let schema: Schema
  private let observed: [String: [Double]]
  private let middles: [String: [Double]]

  /// Throws when the model cuts no numbers of the data into intervals.
  init(_ data: LoadedTable, _ loaded: LoadedModel) throws(CommandError) {
    schema = loaded.model.schema
    let hidden = Set(data.hidden.map { loaded.model.schema[$0].name })
    var observed = data.csv.cutNumbers
    for (name, values) in observed where hidden.contains(name) { observed[name] = values.map { _ in .nan } }
    self.observed = observed
    guard !observed.isEmpty else {
      throw CommandError(
        .usage,
        "--numbers: \(displayName(loaded.path)) cuts no column of \(displayName(data.path)) into intervals; leave it out"
      )
    }
    var middles: [String: [Double]] = [:]
    for (name, values) in observed {
      let known = values.filter { !$0.isNaN }
      let range = known.min().flatMap { least in known.max().map { least...$0 } }
      middles[name] = loaded.model.codebook.cuts[name]?.middles(within: range)
    }
    self.middles = middles
  }

  /// The numbers of a variable in some rows of the data, whose states `column` holds; nil when it is not one of intervals.
  func column(of id: VariableID, _ column: Column, rows: [Int]) -> [Double]? {
    let name = schema[id].name
    guard case .codes(let codes) = column, let observed = observed[name], let middles = middles[name] else {
      return nil
    }
    return zip(rows, codes).map { row, code in
      observed[row].isNaN && code >= 0 ? middles[Int(code)] : observed[row]
    }
  }
}
