internal import LatentData

/// Where the parameters and statistics of each family stand: tables first, in schema order, then the families of numbers.
struct FamilyLayout {
  /// In schema order of their first children.
  let families: [Family]
  /// The family in which each variable is a child.
  let familyOfVariable: [Int]
  let tableCellCount: Int
  let parameterEnd: Int
  let statisticsEnd: Int

  /// A family before its parameters have a place.
  private struct Draft {
    let name: String
    let children: [VariableID]
    let law: Law
  }

  /// Lays out the families in which `parents[v]` are the parents of variable v.
  ///
  /// - lags: those of the previous step.
  init(
    _ schema: Schema, _ parents: [[VariableID]], lags: [[VariableID]], _ blocks: [Block]
  ) throws(StructureError) {
    let drafts = try Self.drafts(schema, parents, blocks)
    var families = [Family?](repeating: nil, count: drafts.count)
    var (parameterEnd, statisticsEnd) = (0, 0)
    func append(_ number: Int) throws(StructureError) {
      let draft = drafts[number]
      let parents = parents[draft.children[0].index]
      let lags = lags[draft.children[0].index]
      let behavior = draft.law.behavior(
        children: draft.children.count, cardinality: schema[draft.children[0]].states.count)
      let error = StructureError.tableTooLarge(variable: draft.name, parents: parents.count)
      func jointStates(_ variables: [VariableID]) throws(StructureError) -> Int {
        var count = 1
        for variable in variables {
          let (product, overflow) = count.multipliedReportingOverflow(by: schema[variable].cardinality)
          guard !overflow, product <= NetworkStructure.maximumTableSize else { throw error }
          count = product
        }
        return count
      }
      let initial = try jointStates(parents)
      let configurations = lags.isEmpty ? initial : initial + (try jointStates(parents + lags))
      let parameters = configurations * behavior.parameterCount
      let statistics = configurations * behavior.statisticsCount
      guard max(statisticsEnd, parameterEnd) + max(parameters, statistics) <= NetworkStructure.maximumTableSize else {
        throw error
      }
      families[number] = Family(
        name: draft.name, children: draft.children, parents: parents, lags: lags, law: draft.law,
        configurations: configurations, initialConfigurations: initial,
        parameters: parameterEnd..<parameterEnd + parameters, statistics: statisticsEnd..<statisticsEnd + statistics)
      parameterEnd += parameters
      statisticsEnd += statistics
    }
    for number in drafts.indices where drafts[number].law == .table { try append(number) }
    tableCellCount = parameterEnd
    for number in drafts.indices where drafts[number].law != .table { try append(number) }
    self.families = families.compactMap { $0 }
    var familyOfVariable = [Int](repeating: 0, count: schema.count)
    for (number, draft) in drafts.enumerated() {
      for child in draft.children { familyOfVariable[child.index] = number }
    }
    self.familyOfVariable = familyOfVariable
    self.parameterEnd = parameterEnd
    self.statisticsEnd = statisticsEnd
  }

  /// The families in schema order of their first children.
  private static func drafts(
    _ schema: Schema, _ parents: [[VariableID]], _ blocks: [Block]
  ) throws(StructureError) -> [Draft] {
    var blockOfVariable = [Int?](repeating: nil, count: schema.count)
    var names = Set<String>()
    for (number, block) in blocks.enumerated() {
      guard !block.columns.isEmpty else { throw .emptyBlock(block.name) }
      guard schema[block.name] == nil, names.insert(block.name).inserted else { throw .blockName(block.name) }
      for column in block.columns {
        guard schema[column].domain == .real else { throw .columnOfBlock(schema[column].name, block: block.name) }
        guard blockOfVariable[column.index] == nil else {
          throw .columnInTwoBlocks(schema[column].name, block: block.name)
        }
        precondition(parents[column.index] == parents[block.columns[0].index], "the columns of a block share parents")
        blockOfVariable[column.index] = number
      }
    }
    return schema.ids.compactMap { id in
      guard let number = blockOfVariable[id.index] else {
        return Draft(name: schema[id].name, children: [id], law: Law(of: schema[id].domain))
      }
      let block = blocks[number]
      guard block.columns.min() == id else { return nil }
      return Draft(name: block.name, children: block.columns, law: .gaussian(block.covariance))
    }
  }
}
