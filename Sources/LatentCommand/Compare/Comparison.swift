internal import Latent

/// Models that were fitted to the same columns of a table.
struct Comparison {
  private(set) var models: [ComparedModel] = []

  /// The model of the smallest BIC; of equal ones, the first.
  var best: ComparedModel {
    guard let best = models.min(by: { $0.fit.criteria.bic < $1.fit.criteria.bic }) else {
      preconditionFailure("a comparison has a model")
    }
    return best
  }

  /// Adds a model, which must be about the same columns as the others.
  mutating func append(_ model: ComparedModel) throws(CommandError) {
    if let first = models.first {
      let (a, b) = (first.columns, model.columns)
      if let name = Set(a.keys).symmetricDifference(b.keys).min() {
        let (has, lacks) = a[name] == nil ? (model, first) : (first, model)
        throw CommandError(
          .data,
          "\(model.name): models of different columns cannot be compared: \(name) is in \(has.name) and not in "
            + "\(lacks.name); give both the same columns")
      }
      if let name = a.keys.sorted().first(where: { a[$0] != b[$0] }) {
        throw CommandError(
          .data,
          "\(model.name): column \(name) holds \(b[name]?.rawValue ?? "") here and \(a[name]?.rawValue ?? "") in "
            + "\(first.name), whose likelihoods cannot be compared; read it alike in both")
      }
    }
    models.append(model)
  }

  /// What there is to say about the result as a whole.
  var advice: [String] {
    var advice: [String] = []
    let sizes = Set(models.compactMap(\.candidate.size))
    if let size = best.candidate.size, sizes.count > 1, size == sizes.max() {
      advice.append("BIC still falls at \(size), the largest size; go on with --components \(size)...\(2 * size)")
    }
    return advice
  }
}

extension ComparedModel {
  /// What a column is read as, in words.
  enum Kind: String {
    case states, numbers, counts
  }

  /// The columns of the table that the model is about.
  var columns: [String: Kind] {
    let table = job.data.table
    var columns: [String: Kind] = [:]
    for id in table.schema.ids where table.columns[id.index] != .absent {
      columns[table.schema[id].name] =
        switch table.schema[id].domain {
        case .states: .states
        case .real: .numbers
        case .count: .counts
        }
    }
    return columns
  }
}
