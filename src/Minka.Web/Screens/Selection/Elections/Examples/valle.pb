META
key;value
description;DEMO: asamblea inventada de un valle
country;Perú
unit;DEMO
instance;2026
num_projects;10
num_votes;180
budget;150000
vote_type;approval
rule;unknown
max_length;3
currency;PEN
language;es
PROJECTS
project_id;cost;name;category
R1;48000;Revestir el canal principal;parte baja
R2;36000;Reservorio comunal;parte baja
R3;27000;Trocha carrozable al mercado;parte baja
R4;14500;Vivero de frutales;parte baja
A1;39000;Cercos y abrevaderos;parte alta
A2;32000;Cosecha de agua en bofedales;parte alta
A3;18500;Botiquín veterinario;parte alta
C1;31000;Centro de acopio;centro poblado
C2;12500;Feria de los domingos;centro poblado
C3;26000;Internet comunal;centro poblado
VOTES
voter_id;vote;sex;neighborhood
1;R1,R2,R3;M;parte baja
2;R1,R2,R3;M;parte baja
3;R1,R2,R3;M;parte baja
4;R1,R2,R3;M;parte baja
5;R1,R2,R3;M;parte baja
6;R1,R2,R3;M;parte baja
7;R1,R2,R3;M;parte baja
8;R1,R2,R3;M;parte baja
9;R1,R2,R3;M;parte baja
10;R1,R2,R3;M;parte baja
11;R1,R2,R3;M;parte baja
12;R1,R2,R3;M;parte baja
13;R1,R2,R3;M;parte baja
14;R1,R2,R3;M;parte baja
15;R1,R2,R3;M;parte baja
16;R1,R2,R3;M;parte baja
17;R1,R2,R3;M;parte baja
18;R1,R2,R3;M;parte baja
19;R1,R2,R3;M;parte baja
20;R1,R2,R3;M;parte baja
21;R1,R2,R3;M;parte baja
22;R1,R2,R3;M;parte baja
23;R1,R2,R3;M;parte baja
24;R1,R2,R3;M;parte baja
25;R1,R2,R3;M;parte baja
26;R1,R2,R3;M;parte baja
27;R1,R2,R4;F;parte baja
28;R1,R2,R4;F;parte baja
29;R1,R2,R4;F;parte baja
30;R1,R2,R4;F;parte baja
31;R1,R2,R4;F;parte baja
32;R1,R2,R4;F;parte baja
33;R1,R2,R4;F;parte baja
34;R1,R2,R4;F;parte baja
35;R1,R2,R4;F;parte baja
36;R1,R2,R4;F;parte baja
37;R1,R2,R4;F;parte baja
38;R1,R2,R4;F;parte baja
39;R1,R2,R4;F;parte baja
40;R1,R2,R4;F;parte baja
41;R1,R2,R4;F;parte baja
42;R1,R2,R4;F;parte baja
43;R1,R2,R4;F;parte baja
44;R1,R2,R4;F;parte baja
45;R1,R2,R4;F;parte baja
46;R1,R2,R4;F;parte baja
47;R1,R2,R4;F;parte baja
48;R1,R2,R4;F;parte baja
49;R1,R2,R4;F;parte baja
50;R1,R2,R4;F;parte baja
51;R1,R3,R4;M;parte baja
52;R1,R3,R4;M;parte baja
53;R1,R3,R4;M;parte baja
54;R1,R3,R4;M;parte baja
55;R1,R3,R4;M;parte baja
56;R1,R3,R4;M;parte baja
57;R1,R3,R4;M;parte baja
58;R1,R3,R4;M;parte baja
59;R1,R3,R4;M;parte baja
60;R1,R3,R4;M;parte baja
61;R1,R3,R4;M;parte baja
62;R1,R3,R4;M;parte baja
63;R1,R3,R4;M;parte baja
64;R1,R3,R4;M;parte baja
65;R1,R3,R4;M;parte baja
66;R1,R3,R4;M;parte baja
67;R1,R3,R4;M;parte baja
68;R1,R3,R4;M;parte baja
69;R2,R3,R4;F;parte baja
70;R2,R3,R4;F;parte baja
71;R2,R3,R4;F;parte baja
72;R2,R3,R4;F;parte baja
73;R2,R3,R4;F;parte baja
74;R2,R3,R4;F;parte baja
75;R2,R3,R4;F;parte baja
76;R2,R3,R4;F;parte baja
77;R2,R3,R4;F;parte baja
78;R2,R3,R4;F;parte baja
79;R2,R3,R4;F;parte baja
80;R2,R3,R4;F;parte baja
81;R2,R3,R4;F;parte baja
82;R2,R3,R4;F;parte baja
83;R2,R3,R4;F;parte baja
84;R1,R4;F;parte baja
85;R1,R4;F;parte baja
86;R1,R4;F;parte baja
87;R1,R4;F;parte baja
88;R1,R4;F;parte baja
89;R1,R4;F;parte baja
90;R1,R4;F;parte baja
91;R1,R4;F;parte baja
92;R1,R4;F;parte baja
93;A1,A2;F;parte alta
94;A1,A2;F;parte alta
95;A1,A2;F;parte alta
96;A1,A2;F;parte alta
97;A1,A2;F;parte alta
98;A1,A2;F;parte alta
99;A1,A2;F;parte alta
100;A1,A2;F;parte alta
101;A1,A2;F;parte alta
102;A1,A2;F;parte alta
103;A1,A2;F;parte alta
104;A1,A2;F;parte alta
105;A1,A2;F;parte alta
106;A1,A2;F;parte alta
107;A1,A2;F;parte alta
108;A1,A2;F;parte alta
109;A1,A2;F;parte alta
110;A1,A2;F;parte alta
111;A1,A2;F;parte alta
112;A1,A2;F;parte alta
113;A1,A2;F;parte alta
114;A1,A2,A3;M;parte alta
115;A1,A2,A3;M;parte alta
116;A1,A2,A3;M;parte alta
117;A1,A2,A3;M;parte alta
118;A1,A2,A3;M;parte alta
119;A1,A2,A3;M;parte alta
120;A1,A2,A3;M;parte alta
121;A1,A2,A3;M;parte alta
122;A1,A2,A3;M;parte alta
123;A1,A2,A3;M;parte alta
124;A1,A2,A3;M;parte alta
125;A1,A2,A3;M;parte alta
126;A1,A2,A3;M;parte alta
127;A1,A2,A3;M;parte alta
128;A1,A2,A3;M;parte alta
129;A1,A2,A3;M;parte alta
130;A1,A2,A3;M;parte alta
131;A2,R2;F;parte alta
132;A2,R2;F;parte alta
133;A2,R2;F;parte alta
134;A2,R2;F;parte alta
135;A2,R2;F;parte alta
136;A2,R2;F;parte alta
137;A2,R2;F;parte alta
138;A2,R2;F;parte alta
139;A3;M;parte alta
140;A3;M;parte alta
141;A3;M;parte alta
142;A3;M;parte alta
143;C1,C2;M;centro poblado
144;C1,C2;M;centro poblado
145;C1,C2;M;centro poblado
146;C1,C2;M;centro poblado
147;C1,C2;M;centro poblado
148;C1,C2;M;centro poblado
149;C1,C2;M;centro poblado
150;C1,C2;M;centro poblado
151;C1,C2;M;centro poblado
152;C1,C2;M;centro poblado
153;C1,C2;M;centro poblado
154;C1,C2;M;centro poblado
155;C1,C2;M;centro poblado
156;C1,C2;M;centro poblado
157;C1,C2;M;centro poblado
158;C1,C2;M;centro poblado
159;C2,C3;F;centro poblado
160;C2,C3;F;centro poblado
161;C2,C3;F;centro poblado
162;C2,C3;F;centro poblado
163;C2,C3;F;centro poblado
164;C2,C3;F;centro poblado
165;C2,C3;F;centro poblado
166;C2,C3;F;centro poblado
167;C2,C3;F;centro poblado
168;C2,C3;F;centro poblado
169;C2,C3;F;centro poblado
170;C2,C3;F;centro poblado
171;C2,C3;F;centro poblado
172;C1,C3,A2;F;centro poblado
173;C1,C3,A2;F;centro poblado
174;C1,C3,A2;F;centro poblado
175;C1,C3,A2;F;centro poblado
176;C1,C3,A2;F;centro poblado
177;C1,C3,A2;F;centro poblado
178;C1,C3,A2;F;centro poblado
179;;M;centro poblado
180;;M;centro poblado
