internal import LatentData

/// Collects the parents of every variable in the order in which the edges stand.
struct NativeEdges {
  let schema: Schema
  let latent: Set<VariableID>
  let source: SourceText
  /// The parents found so far, in schema order of their children.
  private(set) var parents: [[VariableID]]
  private var seen: Set<[VariableID]> = []

  init(schema: Schema, latent: Set<VariableID>, source: SourceText) {
    self.schema = schema
    self.latent = latent
    self.source = source
    parents = [[VariableID]](repeating: [], count: schema.count)
  }

  mutating func read(_ node: DocumentNode) throws(FileError) {
    guard case .list(let edges) = node.content else {
      throw source.error(at: node.place, "found \(node.kind), expected a list of edges such as '- a -> b'")
    }
    for edge in edges {
      guard case .scalar(let scalar) = edge.content else {
        throw source.error(at: edge.place, "found \(edge.kind), expected an edge such as 'a -> b'; quote it in a list")
      }
      try read(scalar.text, at: edge.place)
    }
  }

  private mutating func read(_ text: String, at place: SourceText.Place) throws(FileError) {
    let sides: [[EdgeText.Name]]
    do { sides = try EdgeText.sides(of: text) } catch { throw source.error(at: place, error.message) }
    for (left, right) in zip(sides, sides.dropFirst()) {
      for parent in left {
        let parent = try resolve(parent, at: place)
        for child in right {
          if child == .allObserved {
            for child in schema.ids where child != parent && !latent.contains(child) {
              try add(parent, child, at: place)
            }
          } else {
            try add(parent, try resolve(child, at: place), at: place)
          }
        }
      }
    }
  }

  private mutating func add(
    _ parent: VariableID, _ child: VariableID, at place: SourceText.Place
  ) throws(FileError) {
    guard seen.insert([parent, child]).inserted else {
      throw source.error(
        at: place, "the edge \(schema[parent].name) -> \(schema[child].name) is there twice; list it once")
    }
    parents[child.index].append(parent)
  }

  private func resolve(_ name: EdgeText.Name, at place: SourceText.Place) throws(FileError) -> VariableID {
    switch name {
    case .named(let name):
      if let id = schema[name] { return id }
      let remedy = NearestName.remedy(
        for: name, among: schema.variables.lazy.map(\.name), otherwise: "add it under 'variables'")
      throw source.error(at: place, "'\(name)' is not a variable\(remedy)")
    case .allObserved:
      throw source.error(at: place, "'*' stands for children; name the parent before '->'")
    case .earlier(let name):
      throw source.error(
        at: place,
        "an edge from an earlier step of \(name) belongs to a model of sequences, "
          + "which cannot be learned by this version; remove it")
    }
  }
}
