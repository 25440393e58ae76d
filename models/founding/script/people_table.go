package script

// marks: v, m or n (how long with film), then c for the committee, p for a picture, o for an owl.
var table = []struct {
	handle, name, town, zone, tier, marks string
	joined                                int
	weight                                float64
	bio                                   string
}{
	{"saoirse", "Saoirse Nolan", "Leith", "Europe/London", "fellow", "vcp", 424, .75, "Keeps the lights on and the fixer fresh."},
	{"hana", "Hana Sato", "Portobello", "Europe/London", "fellow", "vcp", 422, .9, "Prints slowly, on fibre, and gives the spring workshops."},
	{"priya", "Priya Raman", "Edinburgh", "Europe/London", "fellow", "mcp", 420, .85, "Leads the Sunday walks. One Rollei, one film, plasters."},
	{"tomasz", "Tomasz Wieczorek", "Gdynia", "Europe/Warsaw", "fellow", "vcp", 419, .95, "Chemist by day. Measures first and argues later."},
	{"dougal", "Dougal Mackie", "Inverness", "Europe/London", "fellow", "vc", 410, .55, "Retired surveyor. A field camera and a flask since 1974."},
	{"rosalind", "Rosalind Hale", "Whitby", "Europe/London", "fellow", "v", 408, .55, "Contact prints the size of a biscuit."},
	{"amara", "Amara Okafor", "Edinburgh", "Europe/London", "patron", "mp", 405, .85, "Pushes film too far and writes down what happened. Ask me about rain, DD-X and cheap tripods."},
	{"joan", "Joan Pettigrew", "Dundee", "Europe/London", "fellow", "vc", 404, .55, "Forty years of spotting brushes, two of them for show."},
	{"kofi", "Kofi Mensah", "Edinburgh", "Europe/London", "patron", "mpo", 400, .85, "Test strips for everything. Night streets, mostly wet ones."},
	{"noor", "Noor Haddad", "Tromsø", "Europe/Oslo", "patron", "mcp", 396, .85, "Teaches physics, welcomes people, meters snow."},
	{"june", "June Park", "Bristol", "Europe/London", "member", "mp", 390, .7, "Half-frame, a flask of tea and a good many thanks."},
	{"ines", "Inês Duarte", "Porto", "Europe/Lisbon", "patron", "mp", 380, .75, "Harbours. One picture a day until I miss one."},
	{"mehmet", "Mehmet Aydin", "İzmir", "Europe/Istanbul", "member", "mp", 372, .7, "Builds what others buy."},
	{"greta", "Greta Lindqvist", "Gothenburg", "Europe/Stockholm", "fellow", "v", 360, .5, "Large camera, small bag, no hurry."},
	{"yusuf", "Yusuf Rahman", "Birmingham", "Europe/London", "member", "m", 350, .5, "Weddings on digital, everything else on Tri-X."},
	{"mirela", "Mirela Ionescu", "Cluj", "Europe/Bucharest", "member", "v", 330, .5, "Mends shutters at a kitchen table."},
	{"anders", "Anders Holm", "Copenhagen", "Europe/Copenhagen", "member", "m", 320, .4, "Bicycles, bread and bulk film."},
	{"chiara", "Chiara Bellini", "Trieste", "Europe/Rome", "fellow", "m", 310, .55, "Lith printing and everything it ruins."},
	{"tendai", "Tendai Moyo", "Leeds", "Europe/London", "patron", "m", 300, .5, "Portraits of people who say they hate portraits."},
	{"sunniva", "Sunniva Dahl", "Bergen", "Europe/Oslo", "fellow", "m", 290, .45, "It rains here. I have made peace with it."},
	{"marek", "Marek Novotný", "Brno", "Europe/Prague", "member", "v", 286, .5, "Fomapan loyalist. Cyanotypes in July."},
	{"ellis", "Ellis Grant", "Cardiff", "Europe/London", "member", "mp", 282, .5, "Pinholes, rain and long reads. They/them."},
	{"aoife", "Aoife Brennan", "Galway", "Europe/Dublin", "patron", "m", 270, .5, "Box cameras and bog light."},
	{"luc", "Luc Fontaine", "Lyon", "Europe/Paris", "member", "m", 262, .4, "Bookbinder. Makes zines that nearly close flat."},
	{"hyejin", "Hye-jin Seo", "Seoul", "Asia/Seoul", "fellow", "mo", 255, .45, "Medium format, after the last train."},
	{"callum", "Callum Reid", "Glasgow", "Europe/London", "member", "m", 250, .5, "Electrician. Second enlarger, first proper sink."},
	{"bram", "Bram Visser", "Utrecht", "Europe/Amsterdam", "member", "mp", 240, .45, "Paper, customs forms and strong coffee."},
	{"beatriz", "Beatriz Luna", "Valencia", "Europe/Madrid", "patron", "m", 236, .4, "Scans for a living, prints for myself."},
	{"idris", "Idris Vaughan", "Aberystwyth", "Europe/London", "patron", "v", 228, .4, "Infrared, sheep, the usual."},
	{"katya", "Katya Orlova", "Tbilisi", "Asia/Tbilisi", "member", "m", 220, .4, "Expired film and unexpired opinions."},
	{"femi", "Femi Adeyemi", "London", "Europe/London", "fellow", "m", 210, .45, "Street at lunch, darkroom on Thursdays."},
	{"esme", "Esme Tran", "Melbourne", "Australia/Melbourne", "member", "m", 205, .3, "A laundry, an Opemus and no shade in the garden."},
	{"sven", "Sven Aalto", "Helsinki", "Europe/Helsinki", "member", "m", 200, .35, "Photographs the dark half of the year."},
	{"nadia", "Nadia Benali", "Marseille", "Europe/Paris", "member", "m", 190, .3, "Hand-colours her own street, one door at a time."},
	{"theo", "Theo Marsh", "Sheffield", "Europe/London", "member", "n", 175, .4, "Fourth-hand Zenit, first love."},
	{"lucia", "Lucía Herrera", "Mexico City", "America/Mexico_City", "member", "m", 165, .35, "Petrol stations and the saints above their tills."},
	{"samir", "Samir Khoury", "Beirut", "Asia/Beirut", "member", "mo", 160, .35, "Portraits by whatever light there is."},
	{"otis", "Otis Blake", "Toronto", "America/Toronto", "member", "np", 150, .6, "C-41 in the kitchen, patience elsewhere."},
	{"grace", "Grace Whitlock", "Halifax", "America/Halifax", "patron", "m", 140, .35, "Librarian. Fog, mostly."},
	{"kenji", "Kenji Arai", "Sapporo", "Asia/Tokyo", "member", "v", 132, .35, "Snow, steam and the last of the Acros."},
	{"ruth", "Ruth Feldman", "Manchester", "Europe/London", "member", "m", 120, .4, "Teaches pinholes to year nine."},
	{"zofia", "Zofia Krawiec", "Kraków", "Europe/Warsaw", "member", "n", 110, .35, "Trams before work, prints after."},
	{"harriet", "Harriet Osei", "Accra", "Africa/Accra", "member", "m", 100, .3, "Dust, light and a very old Nikkormat."},
	{"niall", "Niall Corrigan", "Belfast", "Europe/London", "member", "n", 90, .35, "Drives a bread van. Collects shutters, the shop kind."},
	{"mina", "Mina Farouk", "Cairo", "Africa/Cairo", "member", "m", 75, .3, "Hands at work, in the shade."},
	{"jonas", "Jonas Weber", "Leipzig", "Europe/Berlin", "member", "n", 60, .4, "Bathroom, four nights a week."},
	{"delphine", "Delphine Roy", "Montréal", "America/Toronto", "member", "n", 45, .3, "Square pictures of round things."},
	{"arthur", "Arthur Penrose", "Truro", "Europe/London", "member", "n", 30, .3, "Surfs badly, photographs those who do not."},
	{"billie", "Billie Shaw", "Newcastle", "Europe/London", "guest", "n", 18, .25, "Reading more than writing, so far."},
	{"lotte", "Lotte de Vries", "Groningen", "Europe/Amsterdam", "member", "np", 6, .35, "New to film and used to cold."},
	{"rafael", "Rafael Monteiro", "Coimbra", "Europe/Lisbon", "guest", "np", 3, .3, "Clearing my grandfather's cupboard, a camera at a time."},
	{"wren", "Wren Castell", "Norwich", "Europe/London", "guest", "np", 1, .3, "One window, one tank, many questions."},
}

// offset is hours east of UTC in winter: near enough to tell when somebody is awake, and no time zone database is asked.
var offset = map[string]int{
	"Europe/London": 0, "Europe/Dublin": 0, "Europe/Lisbon": 0, "Africa/Accra": 0, "Europe/Oslo": 1, "Europe/Warsaw": 1,
	"Europe/Stockholm": 1, "Europe/Copenhagen": 1, "Europe/Rome": 1, "Europe/Prague": 1, "Europe/Paris": 1,
	"Europe/Amsterdam": 1, "Europe/Madrid": 1, "Europe/Berlin": 1, "Europe/Bucharest": 2, "Europe/Helsinki": 2,
	"Asia/Beirut": 2, "Africa/Cairo": 2, "Europe/Istanbul": 3, "Asia/Tbilisi": 4, "Asia/Seoul": 9, "Asia/Tokyo": 9,
	"Australia/Melbourne": 10, "America/Halifax": -4, "America/Toronto": -5, "America/Mexico_City": -6,
}
