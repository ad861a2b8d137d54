internal import Latent

/// The cells that `--hide` kept from a command, to be compared with what came out for them.
struct HiddenCells {
  /// How well the cells of one column came out.
  struct Comparison {
    let name: String
    /// The cells that hold something in the file.
    let count: Int
    let measure: Measure

    enum Measure {
      /// How many states came out as they are in the file.
      case states(right: Int)
      /// The root of the mean squared difference to the numbers in the file.
      case numbers(rootMeanSquare: Double)
    }

    /// The comparison in one sentence.
    var sentence: String {
      switch measure {
      case .states(let right):
        "\(name) was hidden: \(right) of \(counted(count, "cell")) came out as \(count == 1 ? "it is" : "they are") "
          + "in the file (\(fixed(100 * Double(right) / Double(count), 1)) %)"
      case .numbers(let error):
        "\(name) was hidden: the root mean squared error over \(counted(count, "cell")) is "
          + Numerals.significant(error, digits: 6)
      }
    }

    /// The comparison for other programs.
    var json: JSONValue {
      switch measure {
      case .states(let right): ["cells": .integer(count), "right": .integer(right), "variable": .text(name)]
      case .numbers(let error): ["cells": .integer(count), "rmse": .number(error), "variable": .text(name)]
      }
    }
  }

  private let data: LoadedTable

  init(_ data: LoadedTable) { self.data = data }

  /// Compares the hidden columns among those of an answer; nil for columns that it does not have. Each row counts once,
  /// whatever its weight.
  func comparisons(_ answer: (VariableID) -> Column?) -> [Comparison] {
    data.hidden.compactMap { id in
      let name = data.table.schema[id].name
      switch (data.csv.table.columns[id.index], answer(id)) {
      case (.codes(let truth), .codes(let found)?):
        let cells = truth.indices.filter { truth[$0] >= 0 }
        guard !cells.isEmpty else { return nil }
        return Comparison(
          name: name, count: cells.count, measure: .states(right: cells.count { truth[$0] == found[$0] }))
      case (.reals(let truth), .reals(let found)?):
        let cells = truth.indices.filter { !truth[$0].isNaN }
        guard !cells.isEmpty else { return nil }
        let squares = cells.reduce(0.0) { $0 + (truth[$1] - found[$1]) * (truth[$1] - found[$1]) }
        return Comparison(
          name: name, count: cells.count,
          measure: .numbers(rootMeanSquare: (squares / Double(cells.count)).squareRoot()))
      case (.absent, _), (.codes, _), (.reals, _): return nil
      }
    }
  }
}
