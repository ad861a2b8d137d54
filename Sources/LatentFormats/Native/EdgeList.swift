package import LatentData
package import LatentModels

/// Edges as people write them, `a -> b`, `a -> [b, c]` and `a -> *`, collected into the parents of every variable in
/// the order in which the edges stand.
///
/// `*` stands for all other variables that are not latent. The name of a block stands for its columns. Names may be in
/// quotes; they must be when they have a bracket, a comma or an arrow.
package struct EdgeList: Sendable {
  /// The parents found so far, in schema order of their children. They may form cycles.
  package private(set) var parents: [[VariableID]]
  /// The parents at the previous step, of the variables that have any.
  package private(set) var lags: [VariableID: [VariableID]] = [:]
  /// The parents of each variable, those of the previous step among them, in the order of the edges.
  private var edges: [VariableID: [(parent: VariableID, isEarlier: Bool)]] = [:]
  private let schema: Schema
  private let blocks: [Block]
  private let latent: Set<VariableID>
  private let remedy: String
  private var seen: Set<[VariableID]> = []

  /// An empty list; `remedy` is what to do about a name that is not a variable and not nearly one.
  package init(schema: Schema, blocks: [Block] = [], latent: Set<VariableID>, remedy: String) {
    self.schema = schema
    self.blocks = blocks
    self.latent = latent
    self.remedy = remedy
    parents = [[VariableID]](repeating: [], count: schema.count)
  }

  /// Adds the edges that a text stands for; throws when it is not an edge, names something unknown, or repeats one.
  package mutating func add(_ text: String) throws(EdgeError) {
    let sides = try EdgeText.sides(of: text)
    for (left, right) in zip(sides, sides.dropFirst()) {
      for parent in left {
        if case .earlier(let name) = parent {
          try addEarlier(name, right)
          continue
        }
        let parent = try self.parent(parent)
        for child in right {
          if child == .allObserved {
            for child in Self.starred(parent, schema, latent: latent) { try add(parent, child) }
          } else {
            for child in try resolve(child) { try add(parent, child) }
          }
        }
      }
    }
  }

  /// A name as it is written in an edge: in quotes where it must be.
  package static func spelling(of name: String) -> String { EdgeText.spelling(of: name) }

  /// The variables that `*` stands for below a parent.
  static func starred(_ parent: VariableID, _ schema: Schema, latent: Set<VariableID>) -> [VariableID] {
    schema.ids.filter { $0 != parent && !latent.contains($0) }
  }

  private mutating func add(_ parent: VariableID, _ child: VariableID) throws(EdgeError) {
    guard seen.insert([parent, child]).inserted else {
      throw EdgeError("the edge \(schema[parent].name) -> \(schema[child].name) is there twice; list it once")
    }
    parents[child.index].append(parent)
    edges[child, default: []].append((parent, false))
  }

  /// Adds edges from the previous step of a variable.
  private mutating func addEarlier(_ name: String, _ children: [EdgeText.Name]) throws(EdgeError) {
    let parent = try parent(.named(name))
    for child in children {
      guard child != .allObserved else {
        throw EdgeError("the edge \(name)[t-1] -> * has no meaning; name the child, as in \(name)[t-1] -> \(name)")
      }
      for child in try resolve(child) {
        guard lags[child]?.contains(parent) != true else {
          throw EdgeError("the edge \(name)[t-1] -> \(schema[child].name) is there twice; list it once")
        }
        lags[child, default: []].append(parent)
        edges[child, default: []].append((parent, true))
      }
    }
  }

  /// The parents of a variable in the order of its edges, with what tells those of the previous step.
  package func edges(into child: VariableID) -> [(parent: VariableID, isEarlier: Bool)] { edges[child] ?? [] }

  private func parent(_ name: EdgeText.Name) throws(EdgeError) -> VariableID {
    let ids = try resolve(name)
    if case .named(let name) = name, schema[name] == nil {
      throw EdgeError("\(name) is a block of numbers and cannot be a parent; turn the edge around")
    }
    return ids[0]
  }

  /// The variable of this name, or the columns of the block.
  private func resolve(_ name: EdgeText.Name) throws(EdgeError) -> [VariableID] {
    switch name {
    case .named(let name):
      if let block = blocks.first(where: { $0.name == name }) { return block.columns }
      if let id = schema[name] {
        if let block = blocks.first(where: { $0.columns.contains(id) }) {
          throw EdgeError("\(name) is a column of the block \(block.name); name the block")
        }
        return [id]
      }
      let names = schema.variables.map(\.name) + blocks.map(\.name)
      let remedy = NearestName.remedy(for: name, among: names.lazy.map { $0 }, otherwise: remedy)
      throw EdgeError("'\(name)' is not a variable\(remedy)", unknownName: name)
    case .allObserved:
      throw EdgeError("'*' stands for children; name the parent before '->'")
    case .earlier(let name):
      throw EdgeError("\(name)[t-1] stands for a parent; name a variable of the same step behind '->'")
    }
  }
}

/// What makes a text unusable as an edge, in one sentence.
package struct EdgeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The error in one sentence, with a remedy.
  package let description: String
  /// The name that no variable has, where that is the error.
  package let unknownName: String?

  init(_ description: String, unknownName: String? = nil) {
    self.description = description
    self.unknownName = unknownName
  }
}
