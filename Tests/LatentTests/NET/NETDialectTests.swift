import Latent
import Testing

/// The dialects of Hugin, aGrUM and pgmpy, and what is carried along.
@Suite struct NETDialectTests {
  private func read(_ text: String) throws -> ModelFile { try ModelFormat.net.parse(Array(text.utf8), file: "n.net") }

  static let fromAGrUM = """

    net {
      name = demo net;
      software = "aGrUM 3.3.1";
      node_size = (50 50);
    }

    node X {
       states = (x0 x1 x2 );
       label = "X";
       ID = "X";
    }

    node P1 {
       states = (a b );
    }

    node P2 {
       states = (u v w );
    }

    potential ( X | P1   P2   ) {
       data = 
       (((    0.1    0.2    0.7)   % P2=u   P1=a   
       (    0.11    0.22    0.6699999999999999)   % P2=v   P1=a   
       (    0.12000000000000001    0.24000000000000002    0.6399999999999999))   % P2=w   P1=a   
       ((    0.13    0.26    0.61)   % P2=u   P1=b   
       (    0.14    0.28    0.58)   % P2=v   P1=b   
       (    0.15000000000000002    0.30000000000000004    0.5499999999999999)));   % P2=w   P1=b   
    }

    potential (P1) {
       data = (  0.3 0.7);
    }

    potential (P2) {
       data = (  0.2 0.3 0.5);
    }

    """

  static let fromPgmpy = """
    net {
    }
    node X{
        states = ("x0"  "x1"  "x2");
    }
    node P1{
        states = ("a"  "b");
    }
    node P2{
        states = ("u"  "v"  "w");
    }
    potential (P1 |){
     data = (0.3 0.7);
    }
    potential (P2 |){
     data = (0.2 0.3 0.5);
    }
    potential (X | P1 P2){
     data = (((0.1  0.2  0.7 )
      (0.11 0.22 0.67)
      (0.12 0.24 0.64))

     ((0.13 0.26 0.61)
      (0.14 0.28 0.58)
      (0.15 0.3  0.55)));
    }
    """

  @Test(arguments: [fromAGrUM, fromPgmpy]) func otherProgramsAreRead(text: String) throws {
    let file = try read(text)
    let model = file.model
    #expect(file.warnings == [])
    #expect(model.schema.variables.map(\.name) == ["X", "P1", "P2"])
    #expect(model.schema.variables.map(\.states) == [["x0", "x1", "x2"], ["a", "b"], ["u", "v", "w"]])
    #expect(model.structure.families[0].parents.map { model.schema[$0].name } == ["P1", "P2"])
    let table = try #require(model.parameters[0])
    for k in 0..<6 {
      expectClose(table[3 * k], 0.1 + 0.01 * Double(k), relative: 1e-12)
      expectClose(table[3 * k + 1], 0.2 + 0.02 * Double(k), relative: 1e-12)
    }
    #expect(try read(Self.fromAGrUM).model.name == "demo net")
  }

  static let head = """
    node p { states = (a b c); } node q { states = (d e); } node x { states = (f g); }
    potential (p) { data = (0.5 0.25 0.25); } potential (q) { data = (0.5 0.5); }

    """

  /// One table, P(x = f | p, q) = 0.1, 0.2, ... with the last parent fastest, in several orders and nestings.
  static let nestings: [(data: String, order: String?)] = [
    ("(((.1 .9) (.2 .8)) ((.3 .7) (.4 .6)) ((.5 .5) (.6 .4)))", nil),
    ("(.1 .9 .2 .8 .3 .7 .4 .6 .5 .5 .6 .4)", nil),
    ("((.1 .9) (.2 .8) (.3 .7) (.4 .6) (.5 .5) (.6 .4))", nil),
    ("((.1 .9 .2 .8) (.3 .7 .4 .6) (.5 .5 .6 .4))", nil),
    ("((((.1 .9) (.2 .8)) ((.3 .7) (.4 .6)) ((.5 .5) (.6 .4))))", nil),
    ("(((.1 .9) (.3 .7) (.5 .5)) ((.2 .8) (.4 .6) (.6 .4)))", "the child fastest and the first parent next"),
    ("(((.1 .2) (.3 .4) (.5 .6)) ((.9 .8) (.7 .6) (.5 .4)))", "the last parent fastest and the child slowest"),
    ("(.1 .2 .3 .4 .5 .6 .9 .8 .7 .6 .5 .4)", "the last parent fastest and the child slowest"),
    ("(((.1 .3 .5) (.2 .4 .6)) ((.9 .7 .5) (.8 .6 .4)))", "the first parent fastest and the child slowest"),
  ]

  @Test(arguments: nestings) func nestingsAndOrders(data: String, order: String?) throws {
    let file = try read(Self.head + "potential (x | p q) { data = \(data); }")
    #expect(file.model.parameters[2] == [0.1, 0.9, 0.2, 0.8, 0.3, 0.7, 0.4, 0.6, 0.5, 0.5, 0.6, 0.4])
    let warnings = order.map {
      ["the tables fit the network only with \($0), which is not how NET files list them; they were read so"]
    }
    #expect(file.warnings.map(\.description) == warnings ?? [])
  }

  @Test func classesAndDiscreteNodesAreRead() throws {
    let file = try read(
      """
      class Demo {
        inputs = (); node_size = (1 2);
        discrete node x { subtype = number; state_values = (0 1); states = ("0" "1"); }
        potential (x | ) { data = (0.25 0.75); experience = (4); }
      }
      """)
    #expect(file.model.name == "Demo")
    #expect(file.model.parameters == [[0.25, 0.75]])
    #expect(file.annotations.count == 5)
  }

  @Test func potentialsWithoutDataAreUniform() throws {
    let file = try read(Self.head + "potential (x | p q) { }")
    #expect(file.model.parameters[2] == [Double](repeating: 0.5, count: 12))
    #expect(file.warnings == ["potentials without data were taken for uniform: x"])
  }

  @Test func quotesAndBackslashesInStates() throws {
    let file = try read(
      #"node x { states = ("a\"b" "c\\d" "e\f" "% g" "h;i"); } potential (x) { data = (1 0 0 0 0); }"#)
    #expect(file.model.schema.variables[0].states == [#"a"b"#, #"c\d"#, #"e\f"#, "% g", "h;i"])
  }

  @Test func labelsWithoutQuotes() throws {
    let file = try read("node x { states = (>=5 [0;1[ a|b, c%,,d {e} %f\n); } potential (x) { data = (1 0 0 0 0); }")
    #expect(file.model.schema.variables[0].states == [">=5", "[0;1[", "a|b", "c%,,d", "{e}"])
  }

  @Test func whatIsCarried() throws {
    let text = """
      % from a colleague
      net
      {
        name = "n";
        node_size = (50 50);
        HR_Desc = "a } in; quotes
      over \\"two\\" lines";
      }
      % about x
      node x
      {
        states = ("a" "b");
        position = (1 2);
        label = "not x";
      }
      % about its table
      potential (x)
      {
        data = (0.25 0.75);
        experience = (% inside
      3);
        fading = (1);
      }
      % the end

      """
    let file = try read(text)
    #expect(file.annotations.count == 10)
    #expect(try ModelFormat.net.text(of: file.model, carrying: file.annotations).text == text)
    #expect(
      try ModelFormat.yaml.text(of: file.model, carrying: file.annotations).notes == [
        "the native form has no place for the name of the network, n",
        "10 properties and comments that only net files can hold are left out",
      ])
  }

  @Test func namesThatAreNoIdentifiersAreShownInLabels() throws {
    let variables = try ["two words", "node", "é"].map { try Variable(name: $0, states: ["a \"b\"", "c"]) }
    let structure = try NetworkStructure(schema: Schema(variables), parents: [[], [], []])
    let model = try Model(name: "", structure: structure, parameters: [[1, 0], [1, 0], [1, 0]])
    let written = try ModelFormat.net.text(of: model)
    #expect(
      written.text.hasPrefix(
        """
        net
        {
        }
        node two_x0020_words
        {
          states = ("a _x0022_b_x0022_" "c");
          label = "two words";
        }
        node x006E_ode
        {
          states = ("a _x0022_b_x0022_" "c");
          label = "node";
        }
        node x00E9_
        {

        """))
    let again = try read(written.text)
    #expect(again.model == model)
    #expect(again.annotations.count == 0)
  }
}
