public import LatentData
internal import LatentKernels

extension BayesianNetwork {
  /// A table of sequences of so many steps each, drawn from the network without missing cells, each variable in turn given
  /// its parents.
  ///
  /// Rows are drawn in order, so that longer sequences from one seed begin with the same steps where there is one.
  public func sample(
    sequences: Int, steps: Int, using random: inout some RandomNumberGenerator
  ) -> Table {
    precondition(sequences >= 0 && steps >= 1, "a number of sequences, each of one step or more")
    var codes = schema.variables.map { _ in [StateCode]() }
    var numbers = schema.variables.map { _ in [Double]() }
    var known: [Int: ConditionalNumbers] = [:]
    var states = [StateCode](repeating: -1, count: schema.count)
    let order = structure.graph.topologicalOrder.filter { structure.family(of: $0).child == $0 }
    for _ in 0..<sequences {
      for step in 0..<steps {
        let before = states
        for id in order {
          let family = structure.family(of: id)
          let lagged = step > 0 ? family.lags.map { before[$0.index] } : []
          let configuration = structure.configuration(
            of: id, parentStates: family.parents.map { states[$0.index] } + lagged)
          let row = family.parameters(in: configuration)
          guard !family.isTable else {
            let state = parameters[row].withUnsafeBufferPointer {
              sampleIndex($0, at: unitInterval(random.next()))
            }
            states[id.index] = StateCode(state)
            codes[id.index].append(StateCode(state))
            continue
          }
          let law = known[row.lowerBound] ?? conditional(of: family, configuration: configuration, observed: [])
          known[row.lowerBound] = law
          for (child, value) in zip(family.children, law.sample(given: [], using: &random)) {
            numbers[child.index].append(value)
          }
        }
      }
    }
    let columns = schema.ids.map {
      schema[$0].isCategorical ? Column.codes(codes[$0.index]) : .reals(numbers[$0.index])
    }
    return Table(
      checked: schema, columns: columns, weights: [Double](repeating: 1, count: sequences * steps),
      sequenceStarts: (0..<sequences).map { $0 * steps })
  }
}
