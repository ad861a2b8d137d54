internal import LatentData
internal import LatentModels

/// The network that the names in a file spell: variables in their order, and the parents of each.
struct MarkupNetwork {
  /// A name and where it stands.
  struct Name {
    let text: String
    let place: SourceText.Place
  }

  /// A variable and its states.
  struct Declaration {
    let name: Name
    let states: [String]
  }

  /// A variable, its parents, and the element with its table.
  struct Definition {
    let child: Name
    let parents: [Name]
    let element: MarkupElement
  }

  /// What the elements are called in a format's errors.
  struct Vocabulary {
    /// How to add a variable: `declare it with <VARIABLE>`.
    let declare: String
    /// The element with the table of a variable: `<DEFINITION>`.
    let definition: String
  }

  let structure: NetworkStructure
  /// The definition of each variable, in schema order.
  let definitions: [Definition]

  /// Resolves all names; linear in their number.
  init(
    _ declarations: [Declaration], _ definitions: [Definition], _ words: Vocabulary, _ source: SourceText
  ) throws(FileError) {
    let schema = try Self.schema(declarations, source)
    var found = [Definition?](repeating: nil, count: schema.count)
    var parents = [[VariableID]](repeating: [], count: schema.count)
    for definition in definitions {
      let child = try Self.resolve(definition.child, in: schema, words, source)
      if let first = found[child.index] {
        let line = source.line(of: first.child.place)
        throw source.error(
          at: definition.child.place,
          "\(definition.child.text) has two \(words.definition) elements, the first in line \(line); remove one")
      }
      found[child.index] = definition
      var seen = Set<VariableID>()
      for name in definition.parents {
        let parent = try Self.resolve(name, in: schema, words, source)
        guard seen.insert(parent).inserted else {
          throw source.error(
            at: name.place, "\(name.text) is listed twice as a parent of \(definition.child.text); list it once")
        }
        parents[child.index].append(parent)
      }
    }
    var complete: [Definition] = []
    for (declaration, definition) in zip(declarations, found) {
      guard let definition else {
        throw source.error(
          at: declaration.name.place, "variable \(declaration.name.text) has no \(words.definition); add one")
      }
      complete.append(definition)
    }
    self.definitions = complete
    structure = try Self.structure(schema, parents, complete, source)
  }

  private static func schema(_ declarations: [Declaration], _ source: SourceText) throws(FileError) -> Schema {
    var variables: [Variable] = []
    var positions: [String: Int] = [:]
    for (index, declaration) in declarations.enumerated() {
      let name = declaration.name
      if let first = positions.updateValue(index, forKey: name.text) {
        let line = source.line(of: declarations[first].name.place)
        throw source.error(
          at: name.place, "variable \(name.text) is declared twice, first in line \(line); remove one of the two")
      }
      do { variables.append(try Variable(name: name.text, states: declaration.states)) } catch {
        throw source.error(at: name.place, error.description)
      }
    }
    do { return try Schema(variables) } catch { throw FileError(.invalid, file: source.file, error.description) }
  }

  private static func resolve(
    _ name: Name, in schema: Schema, _ words: Vocabulary, _ source: SourceText
  ) throws(FileError) -> VariableID {
    if let id = schema[name.text] { return id }
    let remedy = NearestName.remedy(
      for: name.text, among: schema.variables.lazy.map(\.name), otherwise: words.declare)
    throw source.error(at: name.place, "'\(name.text)' is not a variable of this file\(remedy)")
  }

  private static func structure(
    _ schema: Schema, _ parents: [[VariableID]], _ definitions: [Definition], _ source: SourceText
  ) throws(FileError) -> NetworkStructure {
    do { _ = try DirectedGraph(parents: parents) } catch {
      let place = error.variables.first.map { definitions[$0.index].child.place } ?? .offset(0)
      throw source.error(at: place, error.description(in: schema))
    }
    do { return try NetworkStructure(schema: schema, parents: parents) } catch {
      var place = SourceText.Place.offset(0)
      if case .tableTooLarge(let name, _) = error, let id = schema[name] { place = definitions[id.index].child.place }
      throw source.error(at: place, error.description)
    }
  }
}
