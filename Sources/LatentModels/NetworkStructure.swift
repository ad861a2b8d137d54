public import LatentData

/// A variable and its parents: the scope of one conditional probability table.
public struct Family: Hashable, Sendable {
  /// The variable that the table is about.
  public let child: VariableID
  /// The parents in the order of the table's axes.
  public let parents: [VariableID]
}

/// What does not change while a discrete Bayesian network learns: variables, edges and the layout of its tables.
///
/// All tables stand end to end in one flat vector, in schema order. Within a table the first parent varies slowest,
/// then the other parents in order, and the child fastest:
/// `vector[offsets[v] + configuration · cardinality + state]`.
public struct NetworkStructure: Hashable, Sendable {
  /// The variables.
  public let schema: Schema
  /// The edges.
  public let graph: DirectedGraph
  /// The families in schema order: `families[v].child.index == v`.
  public let families: [Family]
  /// Where the table of each variable starts in the flat vector; one entry more than there are variables.
  public let offsets: [Int]

  /// Creates the structure in which `parents[v]` are the parents of variable v.
  public init(schema: Schema, parents: [[VariableID]]) throws(StructureError) {
    precondition(parents.count == schema.count, "one list of parents per variable")
    for (index, list) in parents.enumerated() {
      var seen = Set<VariableID>()
      for parent in list where !seen.insert(parent).inserted {
        throw .duplicateParent(schema[parent].name, child: schema.variables[index].name)
      }
    }
    let graph: DirectedGraph
    do { graph = try DirectedGraph(parents: parents) } catch {
      throw .cycle(error.description(in: schema))
    }
    var offsets = [0]
    for (index, list) in parents.enumerated() {
      var size = schema.variables[index].cardinality
      for parent in list {
        let (product, overflow) = size.multipliedReportingOverflow(by: schema[parent].cardinality)
        guard !overflow, product <= Self.maximumTableSize else {
          throw .tableTooLarge(variable: schema.variables[index].name, parents: list.count)
        }
        size = product
      }
      let end = offsets[index] + size
      guard end <= Self.maximumTableSize else {
        throw .tableTooLarge(variable: schema.variables[index].name, parents: list.count)
      }
      offsets.append(end)
    }
    self.schema = schema
    self.graph = graph
    self.families = zip(schema.ids, parents).map { Family(child: $0, parents: $1) }
    self.offsets = offsets
  }

  /// The most cells that all tables together may have: positions are kept in 32 bits.
  public static let maximumTableSize = Int(Int32.max) / 2

  /// The number of cells of all tables.
  public var parameterCount: Int { offsets[offsets.count - 1] }

  /// The family in which a variable is the child.
  public func family(of id: VariableID) -> Family { families[id.index] }

  /// The positions of a variable's table in the flat vector.
  public func range(of id: VariableID) -> Range<Int> { offsets[id.index]..<offsets[id.index + 1] }

  /// The number of states of a variable.
  public func cardinality(of id: VariableID) -> Int { schema[id].cardinality }

  /// The number of joint states of a variable's parents.
  public func parentConfigurations(of id: VariableID) -> Int {
    range(of: id).count / cardinality(of: id)
  }

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

/// What makes variables and edges unusable as a network.
public enum StructureError: Error, Hashable, CustomStringConvertible {
  /// A variable that is listed twice among the parents of another.
  case duplicateParent(String, child: String)
  /// Edges that lead back to where they began, in a sentence with their names.
  case cycle(String)
  /// The table of this variable brings the network above `maximumTableSize`.
  case tableTooLarge(variable: String, parents: Int)

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .duplicateParent(let parent, let child):
      "\(parent) is listed twice as a parent of \(child); list it once"
    case .cycle(let sentence):
      sentence
    case .tableTooLarge(let variable, let parents):
      "the table of \(variable) below its \(parents) parents brings the network above \(NetworkStructure.maximumTableSize) cells; remove parents or merge states"
    }
  }
}
