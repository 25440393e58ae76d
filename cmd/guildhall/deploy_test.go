package main

import (
	"maps"
	"net"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"guildhall/handlers"
)

// The files that put the program into a container are read here as an engine would read them, and
// held to the settings that the program has. No engine runs in a test.

// image is the Dockerfile: its stages in their order.
type image []stageOf

type stageOf struct {
	from, name string
	does       []instruction
}

type instruction struct{ what, with string }

func readImage(t *testing.T) (all image) {
	t.Helper()
	text := regexp.MustCompile(`(?m)^#.*\n`).ReplaceAllString(read(t, "Dockerfile"), "")
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		what, with, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch what {
		case "":
		case "FROM":
			from, name, _ := strings.Cut(with, " AS ")
			all = append(all, stageOf{from: from, name: name})
		default:
			s := &all[len(all)-1]
			s.does = append(s.does, instruction{what, strings.TrimSpace(with)})
		}
	}
	if len(all) != 2 {
		t.Fatalf("there are %d stages: one that builds and one that runs were expected", len(all))
	}
	return all
}

func (s stageOf) all(what string) (with []string) {
	for _, i := range s.does {
		if i.what == what {
			with = append(with, i.with)
		}
	}
	return with
}

// only is the one instruction of that kind that the stage has.
func (s stageOf) only(t *testing.T, what string) string {
	t.Helper()
	all := s.all(what)
	if len(all) != 1 {
		t.Fatalf("the stage from %s has %d %s", s.from, len(all), what)
	}
	return all[0]
}

// listed reads the form in which nothing goes through a shell, which an empty image does not have.
func listed(t *testing.T, form string) (words []string) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(form), &words); err != nil {
		t.Fatalf("%s is no list: %v", form, err)
	}
	return words
}

var (
	pinned   = regexp.MustCompile(`^[a-z][a-z/-]*:(\d+)(\.\d+)*(-[a-z]+)?$`)
	builds   = regexp.MustCompile(`^CGO_ENABLED=0 go build .*-o (\S+) \./cmd/guildhall$`)
	goInUse  = regexp.MustCompile(`(?m)^go (\d+\.\d+)`)
	stranger = regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`)
)

func TestTheImageIsTheStaticProgramAlone(t *testing.T) {
	stages := readImage(t)
	build, run := stages[0], stages[1]
	if want := "golang:" + goInUse.FindStringSubmatch(read(t, "go.mod"))[1]; build.from != want || !pinned.MatchString(build.from) {
		t.Errorf("it is built from %s, and go.mod asks for %s", build.from, want)
	}
	if run.from != "scratch" || len(run.all("RUN")) > 0 {
		t.Errorf("it runs on %s", run.from)
	}
	var made []string
	for _, command := range build.all("RUN") {
		if at := builds.FindStringSubmatch(command); at != nil {
			made = append(made, at[1])
		}
	}
	entry := listed(t, run.only(t, "ENTRYPOINT"))
	if len(made) != 1 || len(entry) != 1 || !slices.Contains(run.all("COPY"), "--from="+build.name+" "+made[0]+" "+entry[0]) {
		t.Errorf("%v is made without cgo, %v is run, %q is taken along", made, entry, run.all("COPY"))
	}
	certificates := "/etc/ssl/certs/"
	if !slices.Contains(run.all("COPY"), "--from="+build.name+" "+certificates+"ca-certificates.crt "+certificates) {
		t.Error("without certificates it trusts no provider and no mail server")
	}
	works(t, listed(t, run.only(t, "CMD")), "serve")
	user := run.only(t, "USER")
	if !stranger.MatchString(user) {
		t.Errorf("it runs as %s: an empty image knows no names, and nobody should be root", user)
	}
	conf := configured(t, environmentOf(t, run))
	kept := path.Dir(conf.Database)
	if run.only(t, "VOLUME") != kept || path.Dir(conf.Files) != kept || !slices.ContainsFunc(run.all("COPY"), func(c string) bool {
		return strings.HasPrefix(c, "--from="+build.name+" --chown="+user+" ") && strings.HasSuffix(c, " "+kept)
	}) {
		t.Errorf("the database is in %s, which is no volume or not the user's: %q", kept, run.all("COPY"))
	}
	if open := strings.Fields(run.only(t, "EXPOSE")); !slices.Equal(open, []string{everywhere(t, conf.Addr), everywhere(t, conf.MetricsAddr)}) {
		t.Errorf("%v are exposed; it listens on %s and %s", open, conf.Addr, conf.MetricsAddr)
	}
	if _, asks, ok := strings.Cut(run.only(t, "HEALTHCHECK"), " CMD "); !ok || !isHealthCheck(t, entry[0], listed(t, asks)) {
		t.Errorf("%s asks nothing", run.only(t, "HEALTHCHECK"))
	}
}

// composition is docker-compose.yml, as much of it as is used: an unknown key fails.
type composition struct {
	Services map[string]service
	Volumes  map[string]any
}

type service struct {
	Build, Image, Restart string
	DependsOn             map[string]struct{ Condition string } `yaml:"depends_on"`
	Environment           map[string]string
	Ports, Volumes, Tmpfs []string
	Healthcheck           healthCheck
	ReadOnly              bool          `yaml:"read_only"`
	CapDrop               []string      `yaml:"cap_drop"`
	SecurityOpt           []string      `yaml:"security_opt"`
	StopGracePeriod       time.Duration `yaml:"stop_grace_period"`
}

type healthCheck struct {
	Test              []string
	Interval, Timeout time.Duration
	StartPeriod       time.Duration `yaml:"start_period"`
	Retries           int
}

var asked = regexp.MustCompile(`\$\{([A-Z_]+)(?::\?[^}]*|:-)\}`)

// readComposition fills in what .env gives; what the file asks .env for is returned beside it.
func readComposition(t *testing.T, env map[string]string) (c composition, names []string) {
	t.Helper()
	text := asked.ReplaceAllStringFunc(read(t, "docker-compose.yml"), func(s string) string {
		name := asked.FindStringSubmatch(s)[1]
		names = append(names, name)
		return env[name]
	})
	if strings.Contains(text, "$") {
		t.Errorf("something is asked of .env in a way that this test cannot read")
	}
	decoder := yaml.NewDecoder(strings.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&c); err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return c, slices.Compact(names)
}

// filledIn is .env.example as an owner might fill it in; asIs is the file as it stands.
func filledIn(t *testing.T) (env, asIs map[string]string) {
	t.Helper()
	env, asIs = map[string]string{}, map[string]string{}
	for line := range strings.Lines(read(t, ".env.example")) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && !strings.HasPrefix(name, "#") {
			env[name], asIs[name] = value, value
		}
	}
	for name, value := range map[string]string{
		"POSTGRES_PASSWORD": "hush4hush", "GUILDHALL_SMTP_URL": "smtp://u:p@mail.example.org:587",
		"GUILDHALL_MAIL_FROM": "Northlight <club@example.org>", "GUILDHALL_TRUSTED_PROXIES": "172.16.0.0/12",
	} {
		env[name] = value
	}
	return env, asIs
}

// postgresOwn are the variables of the database's image that are used.
var postgresOwn = []string{"POSTGRES_DB", "POSTGRES_PASSWORD", "POSTGRES_USER"}

func TestTheCompositionIsHeldToTheSettings(t *testing.T) {
	env, asIs := filledIn(t)
	c, names := readComposition(t, env)
	if offered := slices.Sorted(maps.Keys(asIs)); !slices.Equal(names, offered) {
		t.Errorf("it asks .env for\n%v\nand .env.example has\n%v", names, offered)
	}
	app, db := c.Services["app"], c.Services["db"]
	if len(c.Services) != 2 || app.Build != "." || app.Image != "" {
		t.Fatalf("%v are not the program, built here, and its database", slices.Collect(maps.Keys(c.Services)))
	}
	conf := configured(t, app.Environment)
	keepsData(t, c, conf.Database)

	run := readImage(t)[1]
	door := everywhere(t, conf.Addr)
	if !slices.Equal(app.Ports, []string{"127.0.0.1:" + door + ":" + door}) {
		t.Errorf("it listens on %s and publishes %v: pages alone, to this machine alone", conf.Addr, app.Ports)
	}
	if exposed := strings.Fields(run.only(t, "EXPOSE")); !slices.Equal(exposed, []string{door, everywhere(t, conf.MetricsAddr)}) {
		t.Errorf("the image exposes %v", exposed)
	}
	if !isHealthCheck(t, listed(t, run.only(t, "ENTRYPOINT"))[0], app.Healthcheck.Test[1:]) || app.Healthcheck.Test[0] != "CMD" {
		t.Errorf("%q asks nothing", app.Healthcheck.Test)
	}
	for name, on := range app.DependsOn {
		if other, ok := c.Services[name]; !ok || on.Condition != "service_healthy" || len(other.Healthcheck.Test) == 0 {
			t.Errorf("it waits for %s to be %s, which nobody says", name, on.Condition)
		}
	}
	if !app.ReadOnly || !slices.Contains(app.CapDrop, "ALL") || !slices.Contains(app.SecurityOpt, "no-new-privileges:true") {
		t.Error("it may do more than it needs")
	}
	if least := conf.Drain + 10*time.Second; app.StopGracePeriod <= least { // as handlers.ServeOn promises
		t.Errorf("it is killed after %v, while requests may be finished for %v", app.StopGracePeriod, least)
	}
	if major := pinned.FindStringSubmatch(db.Image); major == nil || !strings.Contains(read(t, "README.md"), "tested on PostgreSQL "+major[1]+".") {
		t.Errorf("the database is %s: not one version, or not the one that is tested", db.Image)
	}
}

// What .env.example leaves open stops nothing: a club without mail and without a proxy starts.
func TestWhatEnvLeavesOpenMayStayOpen(t *testing.T) {
	_, asIs := filledIn(t)
	asIs["POSTGRES_PASSWORD"] = "hush4hush"
	c, _ := readComposition(t, asIs)
	if conf := configured(t, c.Services["app"].Environment); conf.SMTP != "" || len(conf.Trusted) != 0 || conf.Dev {
		t.Errorf("something is on by itself: %+v", conf)
	}
}

// keepsData holds the two services to one database, and that to a volume.
func keepsData(t *testing.T, c composition, database string) {
	t.Helper()
	db := c.Services["db"]
	if own := slices.Sorted(maps.Keys(db.Environment)); !slices.Equal(own, postgresOwn) {
		t.Errorf("the database is given %v", own)
	}
	at, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	password, _ := at.User.Password()
	if at.Scheme != "postgres" || at.Host != "db:5432" || at.Path != "/"+db.Environment["POSTGRES_DB"] ||
		at.User.Username() != db.Environment["POSTGRES_USER"] || password == "" || password != db.Environment["POSTGRES_PASSWORD"] {
		t.Errorf("the program goes to %s, and the database is %v", at, db.Environment)
	}
	if want := "pg_isready -U " + at.User.Username() + " -d " + strings.TrimPrefix(at.Path, "/"); !slices.Equal(db.Healthcheck.Test, []string{"CMD-SHELL", want}) {
		t.Errorf("%q does not ask for that database", db.Healthcheck.Test)
	}
	if len(db.Ports) > 0 {
		t.Errorf("the database is open to others on %v", db.Ports)
	}
	if len(db.Volumes) != 1 {
		t.Fatalf("the database has volumes %v", db.Volumes)
	}
	name, folder, _ := strings.Cut(db.Volumes[0], ":")
	if _, declared := c.Volumes[name]; !declared || folder != "/var/lib/postgresql/data" || len(c.Volumes) != 2 {
		t.Errorf("what is written goes to %s, and %v are kept", db.Volumes[0], c.Volumes)
	}
	keepsUploads(t, c)
}

// keepsUploads holds the folder of uploads to a volume which, as the image makes that folder, is the
// user's who writes there.
func keepsUploads(t *testing.T, c composition) {
	t.Helper()
	app := c.Services["app"]
	if len(app.Volumes) != 1 {
		t.Fatalf("the program has volumes %v", app.Volumes)
	}
	name, folder, _ := strings.Cut(app.Volumes[0], ":")
	if _, declared := c.Volumes[name]; !declared || path.Dir(configured(t, app.Environment).Files) != folder || readImage(t)[1].only(t, "VOLUME") != folder {
		t.Errorf("uploads go to %s, and %s is kept as %v", app.Environment["GUILDHALL_FILES"], folder, c.Volumes)
	}
}

// environmentOf is what a stage sets.
func environmentOf(t *testing.T, s stageOf) map[string]string {
	t.Helper()
	env := map[string]string{}
	for _, line := range s.all("ENV") {
		for _, pair := range strings.Fields(line) {
			name, value, ok := strings.Cut(pair, "=")
			if !ok {
				t.Fatalf("ENV %s cannot be read", line)
			}
			env[name] = value
		}
	}
	return env
}

// configured is what the program makes of an environment, every name of which it must know.
func configured(t *testing.T, env map[string]string) handlers.Config {
	t.Helper()
	var lines []string
	for name, value := range env {
		if !slices.ContainsFunc(handlers.Variables(), func(v handlers.Variable) bool { return v.Name == name }) {
			t.Errorf("%s is set, and no setting is called that", name)
		}
		lines = append(lines, name+"="+value)
	}
	conf, err := handlers.ReadConfig(lines)
	if err != nil || len(lines) < 3 {
		t.Fatalf("%q cannot be: %v", lines, err)
	}
	return conf
}

// everywhere is the port of an address which, as a container needs it, names no interface.
func everywhere(t *testing.T, addr string) string {
	t.Helper()
	host, port, err := net.SplitHostPort(addr)
	if err != nil || host != "" {
		t.Errorf("%s is not reached from outside a container: %v", addr, err)
	}
	return port
}

// works holds words to being a command of the program, and to being that one.
func works(t *testing.T, words []string, command string) bool {
	t.Helper()
	parsed, err := grammar(t).Parse(words)
	if err != nil || parsed.Command() != command {
		t.Errorf("%q is not %s: %v", words, command, err)
		return false
	}
	return true
}

func isHealthCheck(t *testing.T, program string, words []string) bool {
	t.Helper()
	return len(words) > 0 && words[0] == program && works(t, words[1:], "healthy")
}

// An owner's passwords and data are neither committed nor taken into an image.
func TestWhatIsTheOwnersStaysTheirs(t *testing.T) {
	for list, names := range map[string][]string{".gitignore": {"/.env", "/data/"}, ".dockerignore": {".env", "data"}} {
		for _, name := range names {
			if !slices.Contains(strings.Split(read(t, list), "\n"), name) {
				t.Errorf("%s lacks %s", list, name)
			}
		}
	}
}
