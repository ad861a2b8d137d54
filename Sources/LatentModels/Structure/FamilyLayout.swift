internal import LatentData

/// Where the parameters and statistics of each family stand: tables first, in schema order, then the families of numbers.
struct FamilyLayout {
  let families: [Family]
  let tableCellCount: Int
  let parameterEnd: Int
  let statisticsEnd: Int

  /// Lays out the families in which `parents[v]` are the parents of variable v.
  init(_ schema: Schema, _ parents: [[VariableID]]) throws(StructureError) {
    var families = [Family?](repeating: nil, count: schema.count)
    var (parameterEnd, statisticsEnd) = (0, 0)
    func append(_ id: VariableID, _ law: Law) throws(StructureError) {
      let child = schema[id]
      let behavior = law.behavior
      let error = StructureError.tableTooLarge(variable: child.name, parents: parents[id.index].count)
      var configurations = 1
      for parent in parents[id.index] {
        let (product, overflow) = configurations.multipliedReportingOverflow(by: schema[parent].cardinality)
        guard !overflow, product <= NetworkStructure.maximumTableSize else { throw error }
        configurations = product
      }
      let parameters = configurations * behavior.parameterCount(of: child)
      let statistics = configurations * behavior.statisticsCount(of: child)
      guard statisticsEnd + max(parameters, statistics) <= NetworkStructure.maximumTableSize else { throw error }
      families[id.index] = Family(
        child: id, parents: parents[id.index], law: law, configurations: configurations,
        parameters: parameterEnd..<parameterEnd + parameters, statistics: statisticsEnd..<statisticsEnd + statistics)
      parameterEnd += parameters
      statisticsEnd += statistics
    }
    let laws = schema.variables.map { Law(of: $0.domain) }
    for id in schema.ids where laws[id.index] == .table { try append(id, .table) }
    tableCellCount = parameterEnd
    for id in schema.ids where laws[id.index] != .table { try append(id, laws[id.index]) }
    self.families = families.compactMap { $0 }
    self.parameterEnd = parameterEnd
    self.statisticsEnd = statisticsEnd
  }
}
