public import LatentData

/// A variable, its parents, and how it depends on them.
public struct Family: Hashable, Sendable {
  /// The variable that the parameters are about.
  public let child: VariableID
  /// The parents, in the order of the table's axes.
  public let parents: [VariableID]
  /// How the child depends on the parents.
  public let law: Law
  /// How many joint states the parents have.
  public let configurations: Int
  /// Where the parameters stand in the flat vector: a row per configuration.
  public let parameters: Range<Int>
  /// Where the expected statistics stand in theirs: a row per configuration.
  public let statistics: Range<Int>

  /// How many parameters a row has.
  public var width: Int { parameters.count / configurations }
}

/// What does not change while a Bayesian network learns: variables, edges and the layout of its parameters.
///
/// All parameters stand end to end in one flat vector: first the tables of the variables with states, in schema order,
/// then the rows of the variables of numbers. The first parent varies slowest, then the other parents in order, and what
/// stands within a row fastest; a cell of a table is `vector[offsets[v] + configuration · cardinality + state]`.
public struct NetworkStructure: Hashable, Sendable {
  /// The variables.
  public let schema: Schema
  /// The edges.
  public let graph: DirectedGraph
  /// The families in schema order of their children.
  public let families: [Family]
  /// The families of variables of numbers, in schema order.
  public let numericFamilies: [Family]
  /// Where the parameters of each variable start in the flat vector.
  public let offsets: [Int]
  /// How many cells all tables have; the parameters of variables of numbers start here.
  public let tableCellCount: Int
  /// The number of all parameters.
  public let parameterCount: Int
  /// The number of all statistics.
  public let statisticsCount: Int

  /// Creates the structure in which `parents[v]` are the parents of variable v.
  public init(schema: Schema, parents: [[VariableID]]) throws(StructureError) {
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
    let layout = try FamilyLayout(schema, parents)
    self.schema = schema
    self.graph = graph
    families = layout.families
    numericFamilies = layout.families.filter { $0.law != .table }
    offsets = layout.families.map(\.parameters.lowerBound)
    tableCellCount = layout.tableCellCount
    parameterCount = layout.parameterEnd
    statisticsCount = layout.statisticsEnd
  }

  /// The most parameters that a network may have: positions are kept in 32 bits.
  public static let maximumTableSize = Int(Int32.max) / 2

  /// The family in which a variable is the child.
  public func family(of id: VariableID) -> Family { families[id.index] }

  /// Whether every variable has states.
  public var isCategorical: Bool { parameterCount == tableCellCount }

  /// The positions of a variable's parameters in the flat vector.
  public func range(of id: VariableID) -> Range<Int> { families[id.index].parameters }

  /// The positions of the parameters for one configuration of a variable's parents.
  public func row(of id: VariableID, _ configuration: Int) -> Range<Int> {
    let family = families[id.index]
    let start = family.parameters.lowerBound + configuration * family.width
    return start..<start + family.width
  }

  /// The number of states of a variable.
  public func cardinality(of id: VariableID) -> Int { schema[id].cardinality }

  /// The number of joint states of a variable's parents.
  public func parentConfigurations(of id: VariableID) -> Int { families[id.index].configurations }

  /// The states of the parents in a configuration, in the order of the table's axes.
  public func parentStates(of id: VariableID, configuration: Int) -> [StateCode] {
    var rest = configuration
    var states: [StateCode] = []
    for parent in family(of: id).parents.reversed() {
      let cardinality = cardinality(of: parent)
      states.append(StateCode(rest % cardinality))
      rest /= cardinality
    }
    return states.reversed()
  }

  /// The number of the configuration in which the parents have these states.
  public func configuration(of id: VariableID, parentStates: [StateCode]) -> Int {
    var configuration = 0
    for (parent, state) in zip(family(of: id).parents, parentStates) {
      configuration = configuration * cardinality(of: parent) + Int(state)
    }
    return configuration
  }

  /// A configuration in words: `smoke=yes, bronc=no`.
  public func describe(configuration: Int, of id: VariableID) -> String {
    zip(family(of: id).parents, parentStates(of: id, configuration: configuration))
      .map { "\(schema[$0].name)=\(schema[$0].states[Int($1)])" }
      .joined(separator: ", ")
  }
}
