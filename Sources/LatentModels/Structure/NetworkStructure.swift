public import LatentData

/// What does not change while a Bayesian network learns: variables, edges and the layout of its parameters.
///
/// All parameters stand end to end in one flat vector: first the tables of the variables with states, in schema order,
/// then the rows of the variables of numbers. The first parent varies slowest, then the other parents in order, and what
/// stands within a row fastest: `Family.parameters(in:)`.
public struct NetworkStructure: Hashable, Sendable {
  /// The variables.
  public let schema: Schema
  /// The edges within a row.
  public let graph: DirectedGraph
  /// What goes from one step of a sequence to the next.
  public let dynamics: Dynamics
  /// The families, in schema order of their first children.
  public let families: [Family]
  private let familyOfVariable: [Int]
  /// The families of numbers, in the same order.
  public let numericFamilies: [Family]
  /// How many cells all tables have; the parameters of variables of numbers start here.
  public let tableCellCount: Int
  /// The number of all parameters.
  public let parameterCount: Int
  /// The number of all statistics.
  public let statisticsCount: Int

  /// Creates the structure in which `parents[v]` are the parents of variable v.
  ///
  /// - Parameter blocks: the columns that are described together; those of one block have the same parents.
  /// - Parameter dynamics: what goes from one step of a sequence to the next; nothing where rows are independent.
  public init(
    schema: Schema, parents: [[VariableID]], blocks: [Block] = [], dynamics: Dynamics = .none
  ) throws(StructureError) {
    precondition(parents.count == schema.count, "one list of parents per variable")
    for (index, list) in parents.enumerated() {
      var seen = Set<VariableID>()
      for parent in list {
        guard seen.insert(parent).inserted else {
          throw .duplicateParent(schema[parent].name, child: schema.variables[index].name)
        }
        guard schema[parent].isCategorical else {
          throw .parentOfNumbers(schema[parent].name, child: schema.variables[index].name)
        }
      }
    }
    let graph: DirectedGraph
    do { graph = try DirectedGraph(parents: parents) } catch {
      throw .cycle(error.description(in: schema))
    }
    try dynamics.check(schema, parents)
    let layout = try FamilyLayout(schema, parents, lags: schema.ids.map { dynamics.lags[$0] ?? [] }, blocks)
    self.schema = schema
    self.dynamics = dynamics
    self.graph = graph
    families = layout.families
    familyOfVariable = layout.familyOfVariable
    numericFamilies = layout.families.filter { !$0.isTable }
    tableCellCount = layout.tableCellCount
    parameterCount = layout.parameterEnd
    statisticsCount = layout.statisticsEnd
  }

  /// The most parameters that a network may have: positions are kept in 32 bits.
  public static let maximumTableSize = Int(Int32.max) / 2

  /// The family in which a variable is a child.
  public func family(of id: VariableID) -> Family { families[familyOfVariable[id.index]] }

  /// The position in `families` of the family in which a variable is a child; in a network of categories, that of the
  /// variable in the schema.
  public func familyIndex(of id: VariableID) -> Int { familyOfVariable[id.index] }

  /// The columns that are described together.
  package var blocks: [Block] {
    families.compactMap { family in
      guard case .gaussian(let covariance) = family.law, isBlock(family) else { return nil }
      return Block(name: family.name, columns: family.children, covariance: covariance)
    }
  }

  /// Whether a family is a block of columns, which has a name of its own.
  package func isBlock(_ family: Family) -> Bool { schema[family.name] == nil }

  /// Whether every variable has states.
  public var isCategorical: Bool { parameterCount == tableCellCount }

  /// The variable whose states make a chain; nil where rows are independent.
  public var chainVariable: VariableID? { dynamics.lags.keys.first }

  /// The states of the parents in a configuration, in the order of the table's axes; of a later step of a sequence the
  /// states of the previous step follow.
  public func parentStates(of id: VariableID, configuration: Int) -> [StateCode] {
    let family = family(of: id)
    let isLater = configuration >= family.initialConfigurations
    let parents = isLater ? family.parents + family.lags : family.parents
    return MixedRadix(parents.map { schema[$0].cardinality })
      .digits(of: configuration - (isLater ? family.initialConfigurations : 0)).map { StateCode($0) }
  }

  /// The number of the configuration in which the parents have these states, which those of the previous step may
  /// follow.
  public func configuration(of id: VariableID, parentStates: [StateCode]) -> Int {
    let family = family(of: id)
    var configuration = 0
    for (parent, state) in zip(family.parents + family.lags, parentStates) {
      configuration = configuration * schema[parent].cardinality + Int(state)
    }
    let isLater = parentStates.count > family.parents.count
    return isLater ? family.initialConfigurations + configuration : configuration
  }

  /// The configuration of a family's parents in a row of codes in schema order; nil when one is missing.
  package func configuration(of family: Family, in codes: [StateCode]) -> Int? {
    var configuration = 0
    for parent in family.parents {
      guard codes[parent.index] >= 0 else { return nil }
      configuration = configuration * schema[parent].cardinality + Int(codes[parent.index])
    }
    return configuration
  }

  /// The position of the cell of a table that a row of codes falls into; nil when a member is missing.
  package func cell(of family: Family, in codes: [StateCode]) -> Int? {
    guard codes[family.child.index] >= 0, let configuration = configuration(of: family, in: codes) else { return nil }
    return family.parameters(in: configuration).lowerBound + Int(codes[family.child.index])
  }

  /// A configuration in words: `smoke=yes, bronc=no`.
  public func describe(configuration: Int, of id: VariableID) -> String {
    let family = family(of: id)
    let names = family.parents.map { schema[$0].name } + family.lags.map { "\(schema[$0].name)[t-1]" }
    let states = zip(family.parents + family.lags, parentStates(of: id, configuration: configuration))
      .map { schema[$0].states[Int($1)] }
    let isFirst = !family.lags.isEmpty && configuration < family.initialConfigurations
    return (zip(names, states).map { "\($0)=\($1)" } + (isFirst ? [Dynamics.firstStep] : [])).joined(separator: ", ")
  }
}
